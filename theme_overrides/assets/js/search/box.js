/* The search box of every page: suggests while one types. The engine is fetched when the box is first used. */
import { engine, make, marked, onSlash, root, sentence, whenTyped } from "./parts.js";

const box = document.getElementById("find");
const field = box.elements.q;
const panel = box.querySelector("[data-find-panel]");
const list = panel.querySelector("[role=listbox]");
const said = box.querySelector("[data-find-said]");
const button = document.querySelector("[data-find]");
const SHOWN = 6;

const openEngine = engine();
let asking = new AbortController();
let options = [];
let active = -1;

for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-haspopup", "listbox"],
  ["aria-controls", list.id], ["aria-expanded", "false"]]) field.setAttribute(name, value);

const choose = (place) => {
  options[active]?.node.setAttribute("aria-selected", "false");
  active = place;
  const node = options[active]?.node;
  if (!node) return field.removeAttribute("aria-activedescendant");
  node.setAttribute("aria-selected", "true");
  field.setAttribute("aria-activedescendant", node.id);
  node.scrollIntoView({ block: "nearest" });
};
const show = (found) => {
  choose(-1);
  options = found;
  list.inert = false;
  list.replaceChildren(...found.map(({ node }) => node));
  panel.hidden = found.length === 0;
  field.setAttribute("aria-expanded", String(!panel.hidden));
};
const close = () => {
  stopTyping();
  asking.abort();
  show([]);
};

const optionOf = (place, url, ...inside) => {
  const node = make("li", { role: "option", id: `find-option-${place}`, class: "find__option", "aria-selected": "false" }, ...inside);
  node.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) open(url, "_blank", "noopener");
    else location.assign(url);
  });
  node.addEventListener("auxclick", (event) => { if (event.button === 1) open(url, "_blank", "noopener"); });
  return { node, url };
};
const hitOption = (hit, place) => {
  const match = hit.name.some((part) => part.marked) ? null : hit.matches[0];
  return optionOf(place, new URL(hit.url, root).href,
    make("span", { class: "find__name" }, marked(hit.name)),
    match ? make("span", { class: "find__match" }, `${match.label}：`, marked(match.parts)) : "",
    make("span", { class: "find__where" }, `${hit.year} 年度　${hit.centre}　${hit.form}`));
};

const suggest = async () => {
  asking.abort();
  const { signal } = asking = new AbortController();
  const q = field.value;
  const all = new URL(`search/?${new URLSearchParams({ q })}`, root).href;
  const lastOption = (place, words) => optionOf(place, all, make("span", { class: "find__all" }, words));
  if (!q.trim()) {
    said.textContent = "";
    return show([]);
  }
  try {
    const index = await openEngine();
    if (signal.aborted) return;
    const answer = await index.ask({ q, list: "records", sort: "relevance" }, { signal });
    const hits = await answer.hits(0, SHOWN, { signal });
    if (signal.aborted) return;
    const words = answer.count ? `查看全部 ${answer.count} 条结果` : "没有找到，到检索页看看怎样检索";
    show([...hits.map(hitOption), lastOption(hits.length, words)]);
    said.textContent = answer.count ? `找到 ${answer.count} 张表，按上下键选择` : "没有找到";
  } catch (fault) {
    if (signal.aborted) return;
    show([lastOption(0, `${sentence(fault)}点这里到检索页重试。`)]);
    said.textContent = sentence(fault);
  }
};
const stopTyping = whenTyped(field, suggest);
/* What is listed answered other words: it stays in sight until there is more to say, but cannot be chosen. */
field.addEventListener("input", () => {
  asking.abort();
  choose(-1);
  options = [];
  list.inert = true;
});

field.addEventListener("focus", () => openEngine().catch(() => { /* said when something is asked */ }), { once: true });
field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    if (!options.length) return void suggest();
    const step = key === "ArrowDown" ? 1 : -1;
    /* one more place than options: the field itself, with none chosen */
    choose((active + 1 + step + options.length + 1) % (options.length + 1) - 1);
  } else if (key === "Enter" && options[active]) {
    event.preventDefault();
    location.assign(options[active].url);
  }
});

/* ── the row on the phone ───────────────────────────────── */
const setRow = (open) => {
  box.classList.toggle("find--open", open);
  button.setAttribute("aria-expanded", String(open));
};
button.addEventListener("click", () => {
  const open = !box.classList.contains("find--open");
  setRow(open);
  if (open) field.focus();
  else close();
});
/* Escape closes the list, then empties the field, then closes the row */
box.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  if (panel.hidden && field.value === "" && button.offsetParent) {
    setRow(false);
    button.focus();
  } else if (panel.hidden) field.value = "";
  else field.focus();
  event.preventDefault();
  close();
});
list.addEventListener("pointerdown", (event) => event.preventDefault());
box.addEventListener("focusout", (event) => {
  if (!box.contains(event.relatedTarget) && document.hasFocus()) close();
});
onSlash(() => {
  setRow(true);
  field.focus();
  field.select();
});
