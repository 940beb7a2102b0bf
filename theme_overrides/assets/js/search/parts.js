/* What the search box and the search page share: nodes, marks, where the site begins, the key. */

/* Own scripts stand below `assets/`, by whatever name this release's set has there. */
export const root = new URL(import.meta.url.slice(0, import.meta.url.lastIndexOf("/assets/") + 1));
const index = new URL("search/index.json", root);

/* A node. Data never becomes HTML: texts are text nodes, and facts are set as attributes or not at all. */
export const make = (tag, facts = {}, ...inside) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined && value !== null) node.setAttribute(name, value);
  }
  node.append(...inside.flat());
  return node;
};

/* A printed text whose matches are marked. */
export const marked = (parts) => parts.map((part) => part.marked ? make("mark", {}, part.text) : part.text);

/* Runs `act` when the reader rests, and never while a word is still being composed. */
const REST = 120; /* milliseconds */
export const whenTyped = (field, act) => {
  let timer;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(act, REST);
  };
  field.addEventListener("input", (event) => { if (!event.isComposing) later(); });
  field.addEventListener("compositionend", later);
  return () => clearTimeout(timer);
};

/* The key / leads to the field. It can be turned off, as WCAG 2.1.4 asks of a key without modifier. */
const KEY = "slash";
export const isSlashOff = () => {
  try { return localStorage.getItem(KEY) === "off"; } catch { return false; }
};
export const setSlash = (on) => {
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "off");
  } catch { /* kept for nobody */ }
};
const WRITES = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
export const onSlash = (act) => addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(WRITES) || isSlashOff()) return;
  event.preventDefault();
  act();
});

/* The engine's program is fetched when it is first needed, and again after a fault. */
export const engine = () => {
  let opening = null;
  return () => {
    opening ??= import("./index.js").then(({ openIndex }) => openIndex(index));
    opening.catch(() => { opening = null; });
    return opening;
  };
};

/* What to tell the reader of a fault: the engine's own sentence, or why its program did not come. */
export const sentence = (fault) => {
  if (fault.kind) return fault.message;
  return fault instanceof SyntaxError
    ? "这个浏览器太旧，不能检索。请换用较新的浏览器，或者按单位与年度查看。"
    : "检索程序没有取全，可能是网络断了，也可能是浏览器太旧。请稍后重试，或者按单位与年度查看。";
};
