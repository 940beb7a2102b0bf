/* Where a text stands among all cells, from the postings of its pairs of characters (docs/search.md). */
import { SearchFault } from "./store.js";
import { fold } from "./words.js";

const NOTHING = { cells: new Int32Array(0), whole: new Uint8Array(0) };
/* a place is cell * REACH + offset: a file of 1 MiB folds to fewer than 2^23 units, whatever it holds */
const REACH = 2 ** 23;
const PAIRS_AT_ONCE = 8;
const FEW = 24;

/* A shard: pair → its places and, for each, whether the pair ends the value. */
export const readShard = (bytes) => {
  let at = 0;
  const next = () => {
    let number = 0;
    for (let unit = 1; ; unit *= 128) {
      if (at >= bytes.length) throw new SearchFault("broken");
      const byte = bytes[at++];
      if (byte < 128) return number + byte * unit;
      number += (byte - 128) * unit;
    }
  };
  const table = Array.from({ length: next() }, () => [String.fromCharCode(next(), next()), next()]);
  const postings = new Map();
  for (const [pair, count] of table) {
    const places = new Float64Array(count);
    let cell = 0;
    for (let i = 0; i < count; i++) {
      cell += next();
      places[i] = cell * REACH;
    }
    postings.set(pair, { places, ends: new Uint8Array(count) });
  }
  for (const { places, ends } of postings.values()) {
    for (let i = 0; i < places.length; i++) {
      const offset = next();
      places[i] += offset >> 1;
      ends[i] = offset & 1;
    }
  }
  if (at !== bytes.length) throw new SearchFault("broken");
  return postings;
};

/* Of the places `starts`, those that have a place of a pair `shift` further on. */
const meet = (starts, places, shift) => {
  const kept = [];
  for (let i = 0, j = 0; i < starts.length && j < places.length;) {
    const wanted = starts[i] + shift;
    if (places[j] < wanted) j++;
    else {
      if (places[j] === wanted) kept.push(starts[i]);
      i++;
    }
  }
  return kept;
};

/* Starts of a text → the cells they stand in, ascending, and which cells are nothing but the text;
   `end` is the posting of the text's last pair, `last` how far on it stands. */
const cellsOf = (starts, end, last) => {
  const cells = [];
  const whole = [];
  let j = 0;
  for (const start of starts) {
    const cell = Math.floor(start / REACH);
    while (end.places[j] < start + last) j++;
    const is = start === cell * REACH && end.ends[j] === 1;
    if (cells[cells.length - 1] === cell) whole[whole.length - 1] ||= Number(is);
    else {
      cells.push(cell);
      whole.push(Number(is));
    }
  }
  return { cells: Int32Array.from(cells), whole: Uint8Array.from(whole) };
};

export class Postings {
  #store;
  #shards;
  #cells;
  #printed;

  /* `cells` is their number; `printed(cell)` gives the printed text of one, from the texts. */
  constructor(store, shards, cells, printed) {
    this.#store = store;
    this.#shards = shards;
    this.#cells = cells;
    this.#printed = printed;
  }

  /* The shard that a pair lies in, if any does. */
  #place(pair) {
    const { firsts } = this.#shards;
    let low = 0;
    let high = firsts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= pair) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #shard(place) { return this.#store.shard(this.#shards.names[place], readShard); }

  /* The cells whose folded values hold a folded text. */
  async find(text, progress) {
    return text.length === 1 ? this.#character(text, progress) : this.#text(text, progress);
  }

  async #character(character, progress) {
    const first = Math.max(0, this.#place(`${character}\0`));
    const last = this.#place(`${character}\uffff`);
    const awaited = [];
    for (let place = first; place <= last; place++) awaited.push(this.#shard(place));
    const held = new Uint8Array(this.#cells); /* 1: in the cell, 2: the whole cell */
    for (const shard of await progress.all(awaited)) {
      for (const [pair, { places }] of shard) {
        if (pair[0] !== character) continue;
        const alone = pair[1] === "\0";
        for (const place of places) {
          const cell = Math.floor(place / REACH);
          if (alone && place === cell * REACH) held[cell] = 2;
          else held[cell] ||= 1;
        }
      }
    }
    const cells = new Int32Array(held.length);
    let count = 0;
    for (let cell = 0; cell < held.length; cell++) if (held[cell]) cells[count++] = cell;
    const found = cells.slice(0, count);
    return { cells: found, whole: Uint8Array.from(found, (cell) => held[cell] - 1) };
  }

  async #text(text, progress) {
    const last = text.length - 2;
    const waiting = [0];
    if (last > 0) waiting.push(last);
    for (let shift = 2; shift < last; shift += 2) waiting.push(shift);
    let starts = null;
    let end = null;
    while (waiting.length) {
      if (starts && starts.length <= FEW) return this.#read(starts, text, progress);
      /* the first pair and the last, then from the end on: they differ more than neighbours do */
      const now = [...waiting.splice(0, 2), ...waiting.splice(2 - PAIRS_AT_ONCE)];
      const pairs = now.map((shift) => text.slice(shift, shift + 2));
      const places = pairs.map((pair) => this.#place(pair));
      if (places.includes(-1)) return NOTHING;
      const shards = await progress.all(places.map((place) => this.#shard(place)));
      const lists = shards.map((shard, i) => ({ shift: now[i], list: shard.get(pairs[i]) }));
      if (lists.some(({ list }) => !list)) return NOTHING;
      end ??= lists.find(({ shift }) => shift === last).list;
      lists.sort((a, b) => a.list.places.length - b.list.places.length);
      for (const { shift, list } of lists) {
        starts = starts ? meet(starts, list.places, shift) : list.places.map((place) => place - shift);
      }
      if (!starts.length) return NOTHING;
    }
    return cellsOf(starts, end, last);
  }

  /* When few cells are left of a long text, their own words decide sooner than its other pairs. */
  async #read(starts, text, progress) {
    const cells = [...new Set(Array.from(starts, (start) => Math.floor(start / REACH)))];
    const printed = await progress.all(cells.map((cell) => this.#printed(cell)));
    const folded = printed.map(fold);
    const held = cells.map((cell, i) => ({ cell, value: folded[i] })).filter(({ value }) => value.includes(text));
    return {
      cells: Int32Array.from(held, ({ cell }) => cell),
      whole: Uint8Array.from(held, ({ value }) => Number(value === text)),
    };
  }
}
