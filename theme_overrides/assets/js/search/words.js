/* What counts as the same text, how a query is read, and where a match stands in a printed text.
   generator/normal.py says the same; tests/search/words.json holds both to it. */
const LATIN = "0-9a-z\u00df-\u00f6\u00f8-\u024f\u1e00-\u1eff";
const IDLE_BLANK = new RegExp(`(?<![${LATIN}]) | (?![${LATIN}])`, "g");
const GROUP_COMMA = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
const OPEN_COMMA = /(?<=[0-9]),(?=[0-9]{1,2}$)/;
const NUMBER = /^[0-9,.]*[0-9][0-9,.]*$/;
const TERM = /((?<=\s)-(?=\S))?(?:"((?:\\["\\]|[^"])*)(?:"|$)|(\S+))/g;

const plain = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
const folded = (text) => text.replace(GROUP_COMMA, "").replace(/\s+/g, " ").replace(IDLE_BLANK, "");

export const fold = (text) => folded(plain(text));

/* The folded forms of a term: two where its last comma may part digits or words. */
const spellings = (text) => {
  let typed = plain(text);
  if (NUMBER.test(typed)) typed = typed.replace(/^,+|,+$/g, "");
  const whole = folded(typed);
  return [...new Set([whole.replace(OPEN_COMMA, ""), whole])].filter((form) => form);
};

/* The terms of a query: { text, excluded, spellings }. */
export const terms = (query) => [...query.matchAll(TERM)]
  .map(([, minus, quoted, bare]) => {
    const text = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, "$1");
    return { text, excluded: minus !== undefined, spellings: spellings(text) };
  })
  .filter((term) => term.spellings.length);

/* A printed text in its folded form, with the place in the print of each folded character.
   Letter by letter, with the marks that belong to it; null when that is not the form of the whole. */
const placed = (text) => {
  const letters = [];
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|^\p{M}+/gsu)) {
    for (const unit of plain(letter).split("")) letters.push([unit, index, index + letter.length]);
  }
  const line = letters.map(([unit]) => unit).join("");
  if (line !== plain(text)) return null;
  const kept = [];
  const commas = new Set([...line.matchAll(GROUP_COMMA)].map((match) => match.index));
  for (const [at, letter] of letters.entries()) {
    if (commas.has(at)) continue;
    if (!/\s/.test(letter[0])) kept.push(letter);
    else if (kept.at(-1)?.[0] !== " ") kept.push([" ", letter[1], letter[2]]);
  }
  const spaced = kept.map(([unit]) => unit).join("");
  const idle = new Set([...spaced.matchAll(IDLE_BLANK)].map((match) => match.index));
  return kept.filter((_, at) => !idle.has(at));
};

/* Where the spellings stand in a printed text: [[start, end]] in it, in order, joined where they touch. */
export const matches = (text, wanted) => {
  const letters = placed(text);
  if (!letters) return [];
  const line = letters.map(([unit]) => unit).join("");
  const spans = [];
  for (const spelling of wanted) {
    for (let at = line.indexOf(spelling); at >= 0; at = line.indexOf(spelling, at + 1)) {
      spans.push([letters[at][1], letters[at + spelling.length - 1][2]]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined = [];
  for (const [start, end] of spans) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
};
