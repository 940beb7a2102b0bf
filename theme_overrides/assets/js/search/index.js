/* The site's search: a question → the records or indicators that hold it, counted, ranked, narrowed.
   generator/search.py answers the same; tests/search holds both to it. */
import { Postings } from "./postings.js";
import { Progress, SearchFault, Store } from "./store.js";
import { fold, matches, terms } from "./words.js";

export { SearchFault };

const DOWNWARD = new Set(["amount", "year", "score", "number"]);
const LEVELS = ["level1", "level2"];
const NONE = 255;
const QUOTE = { before: 24, length: 96 };
const QUOTES = 3;

const wan = (typed) => {
  const number = Number(fold(typed ?? ""));
  return fold(typed ?? "") === "" || Number.isNaN(number) ? null : number * 10_000;
};

/* A text in parts, the spans marked; a long one is cut around its first mark. */
const parts = (text, spans, short) => {
  let [from, to] = [0, text.length];
  if (short && text.length > QUOTE.length) {
    from = Math.max(0, (spans[0]?.[0] ?? 0) - QUOTE.before);
    to = Math.min(text.length, Math.max(from + QUOTE.length, spans[0]?.[1] ?? 0));
  }
  const shown = [];
  const add = (start, end, marked) => {
    if (end > start) shown.push({ text: text.slice(start, end), marked });
  };
  let at = from;
  for (const [start, end] of spans) {
    if (end <= at || start >= to) continue;
    add(at, Math.max(at, start), false);
    add(Math.max(at, start), Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  if (from > 0) shown.unshift({ text: "…", marked: false });
  if (to < text.length) shown.push({ text: "…", marked: false });
  return shown;
};

export const openIndex = async (base) => {
  const store = await Store.open(base);
  const [shards, texts, columns] = await Promise.all(["shards", "texts", "records"].map((name) => store.part(name)));
  return new SearchIndex(store, shards, texts, columns);
};

class SearchIndex {
  #store;
  #texts;
  #records;
  #postings;
  #fields;
  /* where each record's cells and rows begin, and one more for the end */
  #cellStarts;
  #rowStarts;

  constructor(store, shards, texts, records) {
    this.#store = store;
    this.#texts = texts;
    this.#records = records;
    const { head, row } = store.index;
    const field = ([key, label, rank]) => ({ key, label, rank });
    this.#fields = { head: head.map(field), row: row.map(field) };
    const count = records.rows.length;
    this.#cellStarts = new Int32Array(count + 1);
    this.#rowStarts = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) {
      this.#rowStarts[i + 1] = this.#rowStarts[i] + records.rows[i];
      this.#cellStarts[i + 1] = this.#cellStarts[i] + head.length + row.length * records.rows[i];
    }
    this.#postings = new Postings(store, shards, this.#cellStarts[count], (cell) => this.#printed(cell));
  }

  get date() { return this.#store.index.date; }

  get records() { return this.#store.index.records; }

  get rows() { return this.#store.index.rows; }

  /* Answer a question; the contract is in docs/search.md. */
  async ask(request, options = {}) {
    const progress = new Progress(options);
    const asked = terms(request.q ?? "");
    const byRow = request.list === "indicators";
    const [found, levels, figures] = await Promise.all([
      Promise.all(asked.map((term) => this.#find(term, progress))),
      byRow ? this.#store.part("rows") : null,
      request.sort === "amount" || request.sort === "score" || request.from || request.to
        ? this.#store.part("figures") : null,
    ]);
    const count = byRow ? this.rows : this.records;
    const ranks = new Int32Array(count);
    const held = new Uint8Array(count).fill(1);
    for (const [i, term] of asked.entries()) {
      const best = byRow ? this.#rowRanks(term, found[i], levels) : this.#recordRanks(term, found[i]);
      for (let item = 0; item < count; item++) {
        if ((best[item] !== NONE) === term.excluded) held[item] = 0;
        else if (!term.excluded) ranks[item] += best[item];
      }
    }
    const { kept, facets } = this.#narrowed(request, held, byRow, levels, figures);
    const order = await this.#ordered(kept, ranks, request, byRow, levels, figures);
    options.signal?.throwIfAborted();
    return new Answer(this, order, facets, asked, byRow);
  }

  /* The cells that hold a term, by each of its spellings. */
  #find(term, progress) {
    return Promise.all(term.spellings.map((spelling) => this.#postings.find(spelling, progress)));
  }

  #recordOf(starts, place) {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /* Calls `each(record, row or -1, field, whole)` for the cells found. */
  #eachCell(found, each) {
    const { head, row } = this.#fields;
    for (const { cells, whole } of found) {
      let record = 0;
      for (const [i, cell] of cells.entries()) {
        if (cell >= this.#cellStarts[record + 1]) record = this.#recordOf(this.#cellStarts, cell);
        const place = cell - this.#cellStarts[record];
        const inRows = place - head.length;
        if (inRows < 0) each(record, -1, head[place], whole[i]);
        else each(record, Math.floor(inRows / row.length), row[inRows % row.length], whole[i]);
      }
    }
  }

  /* For each record the rank of the best cell that holds the term, or NONE. */
  #recordRanks(term, found) {
    const best = new Uint8Array(this.records).fill(NONE);
    const better = (record, rank) => { if (rank < best[record]) best[record] = rank; };
    this.#eachCell(found, (record, _, field, whole) => better(record, 2 * field.rank + 1 - whole));
    for (const [key, column] of Object.entries(this.#records.columns)) {
      const field = this.#fields.head.find((each) => each.key === key);
      const ranks = column.values.map(([, , printed]) => this.#rank(term, printed, field));
      if (ranks.every((rank) => rank === NONE)) continue;
      for (const [record, code] of column.codes.entries()) if (code >= 0) better(record, ranks[code]);
    }
    const { pairs, sets, codes } = this.#records.levels;
    const pairRanks = pairs.map((pair) => this.#pairRank(term, pair));
    const setRanks = sets.map((set) => Math.min(NONE, ...set.map((pair) => pairRanks[pair])));
    for (const [record, code] of codes.entries()) better(record, setRanks[code]);
    return best;
  }

  #rowRanks(term, found, levels) {
    const best = new Uint8Array(this.rows).fill(NONE);
    const better = (item, rank) => { if (rank < best[item]) best[item] = rank; };
    this.#eachCell(found, (record, row, field, whole) => {
      if (row >= 0) better(this.#rowStarts[record] + row, 2 * field.rank + 1 - whole);
    });
    const ranks = this.#records.levels.pairs.map((pair) => this.#pairRank(term, pair));
    for (const [item, code] of levels.pairs.entries()) better(item, ranks[code]);
    return best;
  }

  #pairRank(term, pair) {
    return Math.min(...pair.map((level, place) => this.#rank(term, level, this.#fields.row[place])));
  }

  /* The rank of one printed value for a term. */
  #rank(term, printed, field) {
    if (printed === null || printed === undefined) return NONE;
    const value = fold(printed);
    if (!term.spellings.some((spelling) => value.includes(spelling))) return NONE;
    return 2 * field.rank + 1 - Number(term.spellings.includes(value));
  }

  /* The items within the chosen facets; for each facet how many have each of its values, under the others. */
  #narrowed(request, held, byRow, levels, figures) {
    const sieves = this.#store.index.facets.map(([key, label]) => this.#sieve(key, label, request.facets?.[key] ?? [], byRow, levels));
    const [from, to] = [wan(request.from), wan(request.to)];
    const kept = [];
    for (let record = 0, item = 0; record < this.records; record++) {
      const amount = from === null && to === null ? null : figures.amounts[record];
      const outside = amount !== null && ((from !== null && amount < from) || (to !== null && amount > to));
      const end = byRow ? this.#rowStarts[record + 1] : record + 1;
      for (; item < end; item++) {
        if (outside || !held[item]) continue;
        let failed = null;
        let failures = 0;
        for (const sieve of sieves) {
          if (sieve.passes(record, item)) continue;
          failed = sieve;
          if (++failures > 1) break;
        }
        if (failures === 0) {
          kept.push(item);
          for (const sieve of sieves) sieve.count(record, item);
        } else if (failures === 1) failed.count(record, item);
      }
    }
    return { kept, facets: sieves.map((sieve) => sieve.shown()) };
  }

  #sieve(key, label, chosen, byRow, levels) {
    const place = LEVELS.indexOf(key);
    const column = place < 0 ? this.#column(key) : this.#levelColumn(place, byRow, levels);
    const wanted = new Set(chosen);
    const passing = column.values.map(([value]) => wanted.has(value));
    const counts = new Uint32Array(column.values.length);
    return {
      passes: (record, item) => wanted.size === 0 || column.of(record, item).some((code) => passing[code]),
      count: (record, item) => { for (const code of column.of(record, item)) counts[code] += 1; },
      shown: () => {
        const values = column.values.map(([value, said], code) => ({ value, label: said, count: counts[code], chosen: wanted.has(value) }));
        for (const value of wanted) {
          if (!values.some((each) => each.value === value)) values.push({ value, label: value, count: 0, chosen: true });
        }
        return { key, label, values: values.filter((each) => each.count || each.chosen) };
      },
    };
  }

  #column(key) {
    const { values, codes } = this.#records.columns[key];
    const of = values.map((_, code) => [code]);
    return { values, of: (record) => of[codes[record]] ?? [] };
  }

  /* The values of level 1 or 2, and which of them an item has. */
  #levelColumn(place, byRow, levels) {
    const { pairs, sets, codes } = this.#records.levels;
    const known = [...new Set(pairs.map((pair) => pair[place]).filter((level) => level !== null))];
    const ofPair = pairs.map((pair) => (pair[place] === null ? [] : [known.indexOf(pair[place])]));
    const ofSet = sets.map((set) => [...new Set(set.flatMap((pair) => ofPair[pair]))]);
    return {
      values: known.map((level) => [level, level]),
      of: byRow ? (_, item) => ofPair[levels.pairs[item]] : (record) => ofSet[codes[record]],
    };
  }

  async #ordered(kept, ranks, request, byRow, levels, figures) {
    const years = this.#records.columns.year;
    const yearOf = (record) => Number(years.values[years.codes[record]][0]);
    const recordOf = byRow ? (item) => this.#recordOf(this.#rowStarts, item) : (item) => item;
    const rank = Float64Array.from(kept, (item) => (ranks[item] * 10_000 + 9999 - yearOf(recordOf(item))) * 2 ** 32 + item);
    const order = Array.from(rank.sort(), (key) => key % 2 ** 32);
    const { sort = "relevance" } = request;
    if (sort === "relevance") return order;
    const key = await this.#sortKey(sort, recordOf, yearOf, levels, figures);
    const known = order.filter((item) => key(item) !== null && key(item) !== undefined);
    const down = request.descending ?? DOWNWARD.has(sort);
    known.sort((a, b) => (down ? key(b) - key(a) : key(a) - key(b)));
    const sorted = new Set(known);
    return [...known, ...order.filter((item) => !sorted.has(item))];
  }

  async #sortKey(sort, recordOf, yearOf, levels, figures) {
    const coded = (codes) => (item) => (codes[item] < 0 ? null : codes[item]);
    if (sort === "amount") return (item) => figures.amounts[recordOf(item)];
    if (sort === "score") return (item) => figures.scores[recordOf(item)];
    if (sort === "year") return (item) => yearOf(recordOf(item));
    if (sort === "level") return (item) => (this.#records.levels.pairs[levels.pairs[item]][0] === null ? null : levels.pairs[item]);
    if (sort === "comparison") return (item) => levels.signs[item] || null;
    if (sort === "unit") return coded(levels.units.codes);
    return coded((await this.#store.part(sort === "number" ? "numbers" : "names")).codes);
  }

  #block(record) {
    return this.#store.text(this.#texts.names[Math.floor(record / this.#store.index.block)]);
  }

  async #text(record) { return (await this.#block(record))[record % this.#store.index.block]; }

  async #printed(cell) {
    const record = this.#recordOf(this.#cellStarts, cell);
    const text = await this.#text(record);
    const place = cell - this.#cellStarts[record] - this.#fields.head.length;
    const width = this.#fields.row.length;
    const printed = place < 0 ? text.head[place + this.#fields.head.length] : text.rows[Math.floor(place / width)][place % width];
    if (typeof printed !== "string") throw new SearchFault("broken");
    return printed;
  }

  #columnLabel(key, record) {
    const column = this.#records.columns[key];
    return column.values[column.codes[record]][1];
  }

  #columnValue(key, record) {
    const column = this.#records.columns[key];
    return column.values[column.codes[record]][0];
  }

  /* The hits of some items, with their printed words. */
  async show(items, asked, byRow, options) {
    const progress = new Progress(options);
    const records = items.map((item) => (byRow ? this.#recordOf(this.#rowStarts, item) : item));
    const texts = await progress.all(records.map((record) => this.#text(record)));
    const wanted = asked.filter((term) => !term.excluded);
    return items.map((item, i) => (byRow
      ? this.#rowHit(records[i], item - this.#rowStarts[records[i]], texts[i], wanted)
      : this.#recordHit(records[i], texts[i], wanted)));
  }

  #marked(text, wanted, short = false) {
    return parts(text, matches(text, wanted.flatMap((term) => term.spellings)), short);
  }

  #common(record, text) {
    const printed = Object.fromEntries(this.#fields.head.map(({ key }, place) => [key, text.head[place]]));
    return {
      id: text.id,
      centre: this.#columnLabel("centre", record),
      year: this.#columnValue("year", record),
      form: this.#columnLabel("form", record),
      printed,
    };
  }

  #recordHit(record, text, wanted) {
    const { printed, ...hit } = this.#common(record, text);
    const [amountKey] = ["funding.total", "budget.total.revised"].filter((key) => printed[key]);
    const url = `${text.id}/`;
    return {
      ...hit,
      url,
      name: this.#marked(printed.name, wanted),
      document: printed.title,
      amount: printed[amountKey],
      unit: text.unit,
      amountLabel: this.#fields.head.find(({ key }) => key === amountKey).label,
      score: printed.total_score,
      grade: printed.grade,
      matches: this.#quotes(text, wanted, url),
    };
  }

  /* The best cell for each term, quoted; the project's name stands over the hit already. */
  #quotes(text, wanted, url) {
    const { head, row } = this.#fields;
    const cells = [
      ...text.head.map((printed, place) => ({ printed, field: head[place], row: null })),
      ...text.rows.flatMap((cellsOfRow, at) => cellsOfRow.map((printed, place) => ({ printed, field: row[place], row: at + 1 }))),
    ];
    const chosen = new Set();
    for (const term of wanted) {
      let best = null;
      for (const cell of cells) {
        const rank = this.#rank(term, cell.printed, cell.field);
        if (rank !== NONE && (!best || rank < best.rank)) best = { cell, rank };
      }
      if (!best) throw new SearchFault("stale");
      chosen.add(best.cell);
    }
    return [...chosen].slice(0, QUOTES).filter((cell) => cell.field !== head.find(({ key }) => key === "name")).map((cell) => ({
      label: cell.field.label,
      row: cell.row,
      url: cell.row === null ? url : `${url}#i${String(cell.row).padStart(2, "0")}`,
      parts: this.#marked(cell.printed, wanted, true),
    }));
  }

  #rowHit(record, at, text, wanted) {
    const { printed, ...hit } = this.#common(record, text);
    const cells = Object.fromEntries(this.#fields.row.map(({ key }, place) => [key, text.rows[at][place]]));
    const [comparison, number, unit] = text.targets[at];
    const marked = (value) => (value === null ? null : this.#marked(value, wanted));
    return {
      ...hit,
      url: `${text.id}/#i${String(at + 1).padStart(2, "0")}`,
      row: at + 1,
      record: printed.name,
      level1: marked(cells.level1),
      level2: marked(cells.level2),
      name: marked(cells.name),
      target: marked(cells.target),
      comparison,
      number,
      unit,
      actual: marked(cells.actual),
      points: cells.points,
      score: cells.score,
    };
  }
}

/* What was found: the true count, the facets, and the hits of any part of the list. */
class Answer {
  #index;
  #order;
  #byRow;

  constructor(index, order, facets, asked, byRow) {
    this.#index = index;
    this.#order = order;
    this.#byRow = byRow;
    this.count = order.length;
    this.facets = facets;
    this.terms = asked;
  }

  hits(start, count, options = {}) {
    return this.#index.show(this.#order.slice(start, start + count), this.terms, this.#byRow, options);
  }
}
