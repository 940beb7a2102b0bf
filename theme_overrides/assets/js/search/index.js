/* The site's search: a question → the records or indicators that hold it, counted, ranked, narrowed.
   generator/search/hits.py answers the same; tests/search holds both to it. docs/search.md has the whole. */
import { recordHit, rowHit } from "./hits.js";
import { Places } from "./places.js";
import { Postings } from "./postings.js";
import { NONE, recordRanks, rowRanks } from "./ranks.js";
import { narrowed } from "./sieve.js";
import { Progress, SearchFault, Store } from "./store.js";
import { Texts } from "./texts.js";
import { terms } from "./words.js";

/* Where nothing is said of the direction, these go down. */
const DOWNWARD = new Set(["amount", "year", "score", "number"]);
const LATEST = 9999;
const TERMS_AT_ONCE = 4;

export const openIndex = async (address) => {
  const store = await Store.open(address);
  const [shards, texts, columns] = await Promise.all(["shards", "texts", "records"].map((name) => store.part(name)));
  return new SearchIndex(store, shards, texts, columns);
};

class SearchIndex {
  #store;
  #texts;
  #columns;
  #places;
  #postings;

  constructor(store, shards, texts, columns) {
    this.#store = store;
    this.#texts = new Texts(store, texts);
    this.#columns = columns;
    this.#places = new Places(store.index, columns.rows);
    this.#postings = new Postings(store, shards, this.#places.cells, (cell) => this.#printed(cell));
  }

  /* How far the data reach, or null; how many records there are. */
  get date() { return this.#store.index.date; }

  get records() { return this.#places.records; }

  /* What a request finds: { q, list, facets, from, to, sort, descending }; all but the list may be left out. */
  async ask(request, options = {}) {
    const progress = new Progress(options);
    const asked = terms(request.q ?? "");
    const { sort = "relevance" } = request;
    const figured = sort === "amount" || sort === "score" || request.from || request.to;
    const parts = Promise.all([
      request.list === "indicators" ? this.#store.part("rows") : null,
      figured ? this.#store.part("figures") : null,
      sort === "number" || sort === "name" ? this.#store.part(`${sort}s`) : null,
    ]);
    const { held, ranks } = await this.#ranked(asked, parts, progress);
    const [rows, figures, sorted] = await parts;
    const { kept, facets } = narrowed(held, request, {
      places: this.#places, facets: this.#store.index.facets, columns: this.#columns, rows, amounts: figures?.amounts,
    });
    const order = this.#ordered(kept, ranks, sort, request.descending, { rows, figures, sorted });
    progress.check();
    return new Answer(this, order, facets, asked, rows !== null);
  }

  /* Which records, or rows when there are such columns, hold what is asked, and how well. A few terms are looked up
     at a time, the longest first, as those that stand nowhere spare the others. */
  async #ranked(asked, parts, progress) {
    const waiting = [...asked].sort((a, b) => b.folded.length - a.folded.length);
    let held = null;
    let ranks = null;
    do {
      const group = waiting.splice(0, TERMS_AT_ONCE);
      const [[rows], ...found] = await Promise.all([parts, ...group.map(({ folded }) => this.#postings.find(folded, progress))]);
      const count = rows ? this.#places.rows : this.records;
      held ??= new Uint8Array(count).fill(1);
      ranks ??= new Float64Array(count);
      for (const [i, term] of group.entries()) {
        const best = rows
          ? rowRanks(term, found[i], this.#places, this.#columns, rows)
          : recordRanks(term, found[i], this.#places, this.#columns);
        for (let item = 0; item < count; item++) {
          if ((best[item] !== NONE) === term.excluded) held[item] = 0;
          else if (!term.excluded) ranks[item] += best[item];
        }
      }
    } while (waiting.length && held.includes(1));
    return { held, ranks };
  }

  #ordered(kept, ranks, sort, descending, { rows, figures, sorted }) {
    const { values, codes } = this.#columns.columns.year;
    const recordOf = rows ? (item) => this.#places.recordOfRow(item) : (item) => item;
    const year = (item) => Number(values[codes[recordOf(item)]][0]);
    /* ranks and years are few: gathering the items of each is faster than sorting them, and keeps their order */
    const groups = new Map();
    for (const item of kept) {
      const key = ranks[item] * (LATEST + 1) + LATEST - year(item);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(item);
    }
    const order = [...groups.keys()].sort((a, b) => a - b).flatMap((key) => groups.get(key));
    if (sort === "relevance") return order;
    const coded = (column) => (item) => (column[item] < 0 ? null : column[item]);
    const { pairs } = this.#columns.levels;
    const key = {
      amount: (item) => figures.amounts[recordOf(item)],
      score: (item) => figures.scores[recordOf(item)],
      year,
      level: (item) => (pairs[rows.pairs[item]][0] === null ? null : rows.pairs[item]),
      comparison: (item) => rows.signs[item] || null,
      unit: (item) => coded(rows.units.codes)(item),
      number: (item) => coded(sorted.codes)(item),
      name: (item) => coded(sorted.codes)(item),
    }[sort];
    const known = order.filter((item) => key(item) !== null);
    const down = descending ?? DOWNWARD.has(sort);
    known.sort((a, b) => (down ? key(b) - key(a) : key(a) - key(b)));
    return [...known, ...order.filter((item) => key(item) === null)];
  }

  async #printed(cell) {
    const { record, row, column } = this.#places.of(cell);
    const text = await this.#texts.of(record);
    const printed = row < 0 ? text.head[column] : text.rows[row][column];
    if (typeof printed !== "string") throw new SearchFault("broken");
    return printed;
  }

  /* The hits of some items, with their printed words; a list to hand out needs no quotes (`quoted: false`). */
  async show(items, asked, byRow, { quoted = true, ...options }) {
    const progress = new Progress(options);
    const records = items.map((item) => (byRow ? this.#places.recordOfRow(item) : item));
    const texts = await progress.all(records.map((record) => this.#texts.of(record)));
    const wanted = asked.filter((term) => !term.excluded);
    return items.map((item, i) => (byRow
      ? rowHit(texts[i], records[i], item - this.#places.rowStarts[records[i]], wanted, this.#columns, this.#places)
      : recordHit(texts[i], records[i], wanted, this.#columns, this.#places, quoted)));
  }
}

/* What was found: the true count, the facets, the terms as they were read, and the hits of any part of the list. */
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
