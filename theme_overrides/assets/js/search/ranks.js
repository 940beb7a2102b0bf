/* How well records and rows hold a term: twice the rank of the best field, and one more for a part of a value. */
import { fold } from "./words.js";

export const NONE = 255;

/* The rank of one value, folded. */
export const rankOf = (term, value, field) => {
  if (!value.includes(term.folded)) return NONE;
  return 2 * field.rank + 1 - Number(term.folded === value);
};

const pairRank = (term, pair, places) => Math.min(...pair.map((level, column) => rankOf(term, fold(level ?? ""), places.row[column])));

/* Calls `each(place, field, whole)` for every cell that was found. */
const eachCell = ({ cells, whole }, places, each) => {
  let record = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell >= places.cellStarts[record + 1]) record = places.recordOfCell(cell);
    const place = places.of(cell, record);
    each(place, place.row < 0 ? places.head[place.column] : places.row[place.column], whole[i]);
  }
};

const ranks = (count) => {
  const best = new Uint8Array(count).fill(NONE);
  return { best, better: (item, rank) => { if (rank < best[item]) best[item] = rank; } };
};

/* For each record its rank, or NONE. */
export const recordRanks = (term, found, places, { columns, levels }) => {
  const { best, better } = ranks(places.records);
  eachCell(found, places, ({ record }, field, whole) => better(record, 2 * field.rank + 1 - whole));
  for (const [key, { values, codes }] of Object.entries(columns)) {
    const field = places.head.find((each) => each.key === key);
    const ofValue = values.map(([, , printed]) => rankOf(term, fold(printed ?? ""), field));
    if (ofValue.every((rank) => rank === NONE)) continue;
    for (const [record, code] of codes.entries()) if (code >= 0) better(record, ofValue[code]);
  }
  const ofPair = levels.pairs.map((pair) => pairRank(term, pair, places));
  const ofSet = levels.sets.map((set) => Math.min(...set.map((pair) => ofPair[pair])));
  for (const [record, code] of levels.codes.entries()) better(record, ofSet[code]);
  return best;
};

/* For each row its rank, or NONE; `pairs` are the codes of its levels. */
export const rowRanks = (term, found, places, { levels }, { pairs }) => {
  const { best, better } = ranks(places.rows);
  eachCell(found, places, ({ record, row }, field, whole) => {
    if (row >= 0) better(places.rowStarts[record] + row, 2 * field.rank + 1 - whole);
  });
  const ofPair = levels.pairs.map((pair) => pairRank(term, pair, places));
  for (const [row, code] of pairs.entries()) better(row, ofPair[code]);
  return best;
};
