/* What counts as the same text, how a query is read, and where a match stands in a printed text.
   generator/words/normal.py says the same; tests/search/words.json holds both to it. */
const LATIN = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff";
const IDLE_BLANK = new RegExp(`(?<![${LATIN}]) | (?![${LATIN}])`, "g");
const GROUP_COMMA = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
const TERM = /((?<=\s)-(?=\S))?(?:"((?:\\["\\]|[^"])*)(?:"|$)|(\S+))/g;

const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
const folded = (text) => text.replace(/\s+/g, " ").replace(IDLE_BLANK, "").replace(GROUP_COMMA, "");

export const fold = (text) => folded(plain(text));

/* The terms of a query, { text, excluded, folded }; what is asked twice counts once. */
export const terms = (query) => {
  const found = new Map();
  for (const [, minus, quoted, bare] of query.matchAll(TERM)) {
    const text = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, "$1");
    const term = { text, excluded: minus !== undefined, folded: fold(text) };
    const key = `${term.excluded} ${term.folded}`;
    if (term.folded && !found.has(key)) found.set(key, term);
  }
  return [...found.values()];
};

/* A printed text in its folded form, with the place in the print of each folded character.
   Letter by letter, with the marks that belong to it; null when that is not the form of the whole. */
const placed = (text) => {
  const letters = [];
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|^\p{M}+/gsu)) {
    for (const unit of plain(letter).split("")) letters.push([unit, index, index + letter.length]);
  }
  const line = letters.map(([unit]) => unit).join("");
  if (line !== plain(text)) return null;
  const spaced = [];
  for (const [unit, start, end] of letters) {
    if (!/\s/.test(unit)) spaced.push([unit, start, end]);
    else if (spaced.length === 0 || spaced[spaced.length - 1][0] !== " ") spaced.push([" ", start, end]);
  }
  return without(GROUP_COMMA, without(IDLE_BLANK, spaced));
};

/* The letters but for those where a pattern stands in their line. */
const without = (pattern, letters) => {
  const line = letters.map(([unit]) => unit).join("");
  const dropped = new Set([...line.matchAll(pattern)].map((match) => match.index));
  return letters.filter((_, at) => !dropped.has(at));
};

/* Where folded texts stand in a printed one: [[start, end]] in it, in order, joined where they touch. */
export const matches = (text, wanted) => {
  const letters = placed(text);
  if (!letters) return [];
  const line = letters.map(([unit]) => unit).join("");
  const spans = [];
  for (const part of wanted) {
    for (let at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + 1)) {
      spans.push([letters[at][1], letters[at + part.length - 1][2]]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined = [];
  for (const [start, end] of spans) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
};
