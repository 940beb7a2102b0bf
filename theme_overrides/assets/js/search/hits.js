/* What is shown of a hit: its facts, and the values that hold the terms, marked. */
import { NONE, rankOf } from "./ranks.js";
import { SearchFault } from "./store.js";
import { fold, matches } from "./words.js";

const QUOTE = { before: 24, length: 96 };
const QUOTES = 3;
const AMOUNTS = ["funding.total", "budget.total.revised"];

/* A place that parts no character of two units. */
const boundary = (text, at) => (/^[\udc00-\udfff]/.test(text.slice(at)) ? at + 1 : at);

/* A text in parts, { text, marked }; a long one may be cut around its first mark. */
const parts = (text, spans, cut) => {
  let [from, to] = [0, text.length];
  if (cut && text.length > QUOTE.length) {
    from = boundary(text, Math.max(0, (spans[0]?.[0] ?? 0) - QUOTE.before));
    to = boundary(text, Math.min(text.length, from + QUOTE.length));
  }
  const shown = [];
  const add = (start, end, marked) => {
    if (end > start) shown.push({ text: text.slice(start, end), marked });
  };
  let at = from;
  for (const [start, end] of spans) {
    if (end <= at || start >= to) continue;
    add(at, start, false);
    add(Math.max(at, start), Math.min(end, to), true);
    at = Math.min(end, to);
  }
  add(at, to, false);
  if (from > 0) shown.unshift({ text: "…", marked: false });
  if (to < text.length) shown.push({ text: "…", marked: false });
  return shown;
};

const marked = (text, wanted, cut = false) => (text === null ? null : parts(text, matches(text, wanted.map(({ folded }) => folded)), cut));

const anchor = (row) => `#i${String(row).padStart(2, "0")}`;

const common = (text, record, { columns }, places) => {
  const value = (key, which) => columns[key].values[columns[key].codes[record]][which];
  return {
    printed: Object.fromEntries(places.head.map(({ key }, column) => [key, text.head[column]])),
    facts: { id: text.id, centre: value("centre", 1), year: value("year", 0), form: value("form", 1) },
  };
};

/* Cells that hold the terms: the best for each term, then others as they rank; the project's name stands over the hit. */
const quotes = (text, wanted, places, url) => {
  const cell = (printed, field, row) => ({ printed, value: fold(printed ?? ""), field, row });
  const cells = [
    ...text.head.map((printed, column) => cell(printed, places.head[column], null)),
    ...text.rows.flatMap((row, at) => row.map((printed, column) => cell(printed, places.row[column], at + 1))),
  ];
  const held = wanted.map((term) => cells
    .map((each) => ({ cell: each, rank: rankOf(term, each.value, each.field) }))
    .filter(({ rank }) => rank !== NONE)
    .sort((a, b) => a.rank - b.rank));
  /* the postings say that every term stands here: text and postings are of different states of the site */
  if (held.some((found) => found.length === 0)) throw new SearchFault("stale");
  const others = held.flatMap(([, ...found]) => found).sort((a, b) => a.rank - b.rank);
  const chosen = new Set([...held.map(([best]) => best), ...others].map((each) => each.cell));
  const isName = ({ field, row }) => row === null && field.key === "name";
  const isLevel = ({ field, row }) => row !== null && (field.key === "level1" || field.key === "level2");
  const worth = [...chosen].filter((each) => !isName(each));
  /* a level is printed once for many rows: one of them will do */
  const once = worth.filter((each, at) => !isLevel(each) || worth.findIndex(({ printed }) => printed === each.printed) === at);
  return once.slice(0, QUOTES).map(({ printed, field, row }) => ({
    label: field.label,
    row,
    url: row === null ? url : url + anchor(row),
    parts: marked(printed, wanted, true),
  }));
};

/* Without `quoted`, only the facts of the record. */
export const recordHit = (text, record, wanted, columns, places, quoted) => {
  const { printed, facts } = common(text, record, columns, places);
  const amount = AMOUNTS.find((key) => printed[key] !== null);
  const url = `${text.id}/`;
  return {
    ...facts,
    url,
    name: marked(printed.name, wanted),
    document: printed.title,
    amount: printed[amount],
    unit: text.unit,
    amountLabel: places.head.find(({ key }) => key === amount).label,
    score: printed.total_score,
    grade: printed.grade,
    matches: quoted ? quotes(text, wanted, places, url) : [],
  };
};

/* The hit of the row `at` (from 0) of a record. */
export const rowHit = (text, record, at, wanted, columns, places) => {
  const { printed, facts } = common(text, record, columns, places);
  const cells = Object.fromEntries(places.row.map(({ key }, column) => [key, text.rows[at][column]]));
  const [comparison, number, unit] = text.targets[at];
  return {
    ...facts,
    url: `${text.id}/${anchor(at + 1)}`,
    row: at + 1,
    record: printed.name,
    level1: marked(cells.level1, wanted),
    level2: marked(cells.level2, wanted),
    name: marked(cells.name, wanted),
    target: marked(cells.target, wanted),
    comparison,
    number,
    unit,
    actual: marked(cells.actual, wanted),
    score: cells.score,
  };
};
