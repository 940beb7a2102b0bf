/* The search page: what the address asks is what the controls show, and what the list answers. */
import { asCsv, asJson, save } from "./download.js";
import { drawFault, drawNothing } from "./empty.js";
import { chosenOf, drawChips, facetsIn } from "./facets.js";
import { drawIndicators, drawRecords } from "./list.js";
import { engine, isSlashOff, make, onSlash, sentence, setSlash, whenTyped } from "./parts.js";
import { amount, fitted, goesDown, ORDERS, read, written } from "./request.js";
import { inWords, THINGS, waysOf } from "./said.js";

const part = (name) => document.querySelector(`[data-search=${name}]`);
const form = document.getElementById("ask");
const field = form.elements.q;
const heading = document.getElementById("found");
const wide = matchMedia("(min-width: 48em)");
const titles = { head: part("title").textContent, site: document.title };
/* Hits of a page. Those of records have long texts: of a large site only ten are fetched at a time. */
const LARGE = 500;
const sizeOf = ({ list }, index) => list === "records" && index.records > LARGE ? 10 : 50;
/* hits fetched at once for a download: thousands of files asked for together are refused by the browser */
const AT_ONCE = 200;

let request = read(location.search);
let asking = new AbortController();
let answered = null;
const openEngine = engine();
const drawFacets = facetsIn(part("facets"));

/* ── from the reader to the address ─────────────────────── */
const change = (way, changes) => {
  stopTyping();
  request = fitted({ ...request, q: field.value, page: 1, ...changes });
  if (written(request) !== written(read(location.search))) history[way](null, "", written(request));
  field.value = request.q;
  return ask();
};
const push = (changes) => {
  writing = false;
  return change("pushState", changes);
};
/* What is typed is one step of the history, from its first change to the next choice or Enter. */
let writing = false;
const typed = () => {
  const way = writing ? "replaceState" : "pushState";
  writing = true;
  return change(way, {});
};
const stopTyping = whenTyped(field, typed);

/* The list, its counts and its downloads answer another question than the one that waits. */
const setBusy = (busy) => {
  for (const name of ["found", "sift"]) part(name).setAttribute("aria-busy", String(busy));
  for (const button of document.querySelectorAll("[data-get]")) button.disabled = busy;
};

/* an answer to another question than the field's is not the answer */
const outdated = () => {
  setBusy(true);
  part("said").querySelector("[data-search-count]")?.removeAttribute("data-search-count");
};
field.addEventListener("input", outdated);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  typed();
  writing = false;
  /* the keyboard of a phone would cover the answer */
  if (matchMedia("(pointer: coarse)").matches) field.blur();
});

const withChoice = (key, value, chosen) => {
  const others = (request.facets[key] ?? []).filter((other) => other !== value);
  return { facets: { ...request.facets, [key]: chosen ? [...others, value] : others } };
};
document.addEventListener("change", ({ target }) => {
  if (target.form !== form || target === field) return;
  if (target.type === "checkbox") push(withChoice(target.name, target.value, target.checked));
  else push({ [target.name]: target.value.trim() });
});
part("sort").addEventListener("change", ({ target }) => {
  const [sort, way] = target.value.split(" ");
  push({ sort, descending: way === "desc" });
});
const sortBy = (sort) => push({ sort, descending: request.sort === sort ? !request.descending : goesDown(sort) });
const drop = (one) => {
  if (!one) push({ facets: {}, from: "", to: "" });
  else if (one.key === "from" || one.key === "to") push({ [one.key]: "" });
  else push(withChoice(one.key, one.value, false));
};
addEventListener("popstate", () => {
  stopTyping();
  writing = false;
  request = read(location.search);
  field.value = request.q;
  ask();
});

/* A link to another request: an address to copy or to open elsewhere, and no new page when it is followed. */
const linkTo = (changes, words, then = () => field.focus(), facts = {}) => {
  const link = make("a", { href: written(fitted({ ...request, page: 1, ...changes })), ...facts }, words);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    push(changes).then(then);
  });
  return link;
};

/* ── from the engine to the page ────────────────────────── */
/* Says that one waits, and how far it is, when it takes longer than one notices. */
const waiting = (words) => {
  const bar = part("wait").querySelector("progress");
  bar.removeAttribute("value");
  part("waiting").textContent = words;
  const timer = setTimeout(() => { part("wait").hidden = false; }, 200);
  return {
    progress: ({ done, total }) => {
      if (!total) return;
      bar.max = total;
      bar.value = done;
      part("waiting").textContent = `${words} ${Math.floor(100 * done / total)}%`;
    },
    end: () => {
      clearTimeout(timer);
      part("wait").hidden = true;
    },
  };
};

const ask = async () => {
  asking.abort();
  const { signal } = asking = new AbortController();
  /* an amount that is none is told of beside its field, and left out */
  const asked = { ...request, from: amount(request.from) ?? "", to: amount(request.to) ?? "" };
  outdated();
  drawControls();
  const wait = waiting("正在检索");
  signal.addEventListener("abort", wait.end);
  try {
    const index = await openEngine();
    if (signal.aborted) return;
    const answer = await index.ask(asked, { signal, progress: wait.progress });
    const size = sizeOf(asked, index);
    const page = Math.min(asked.page, Math.max(1, Math.ceil(answer.count / size)));
    const hits = await answer.hits((page - 1) * size, size, { signal, progress: wait.progress });
    if (signal.aborted) return;
    answered = { index, answer, asked };
    draw(hits, page);
  } catch (fault) {
    if (signal.aborted) return;
    stop(fault);
  } finally {
    wait.end();
  }
};

const settle = (...words) => {
  setBusy(false);
  part("said").replaceChildren(...words);
};

const draw = (hits, page) => {
  const { index, answer, asked } = answered;
  const chosen = chosenOf(answer.facets, asked);
  drawTitle(asked);
  drawFacets(answer.facets, request, wide.matches);
  drawChips(part("chips"), chosen, drop);
  part("chosen").textContent = chosen.length ? `（已选 ${chosen.length}）` : "";
  if (answer.count === 0) drawNothing(part("list"), answer, asked, chosen.length > 0, linkTo);
  else if (asked.list === "records") drawRecords(part("list"), hits);
  else drawIndicators(part("list"), hits, asked, sortBy);
  drawPages(page, sizeOf(asked, index), answer.count);
  part("sift").hidden = false;
  part("pages").hidden = part("get").hidden = answer.count === 0;
  part("told").textContent = index.date ? `数据日期 ${index.date}` : "";
  const nothing = asked.q.trim() && !answer.terms.length ? "没有可检索的文字，列出全部：" : "";
  settle(`${nothing}找到 `, make("b", { "data-search-count": true }, String(answer.count)), ` ${THINGS[asked.list]}`);
};

/* The heading names the question that is answered below it. */
const drawTitle = ({ q }) => {
  const name = q.trim() ? `检索“${q.trim()}”` : titles.head;
  part("title").textContent = name;
  document.title = titles.site.replace(titles.head, () => name);
};

const drawControls = () => {
  form.elements.list.value = request.list;
  const sort = part("sort");
  const valueOf = (key, descending) => `${key} ${descending ? "desc" : "asc"}`;
  if (sort.dataset.list !== request.list) {
    sort.dataset.list = request.list;
    sort.replaceChildren(...ORDERS[request.list].flatMap((key) => (goesDown(key) ? waysOf(key) : waysOf(key).reverse())
      .map((way) => make("option", { value: valueOf(key, way.descending) }, way.name))));
  }
  sort.value = valueOf(request.sort, request.descending);
};

const drawPages = (page, size, count) => {
  const way = (to, words, rel) => linkTo({ page: to }, words, () => heading.focus(), { class: "pages__link button", rel });
  const start = (page - 1) * size;
  part("pages").replaceChildren(
    page > 1 ? way(page - 1, "上一页", "prev") : "",
    make("p", { class: "pages__place" }, `第 ${start + 1}–${Math.min(start + size, count)} 条，共 ${count} 条`),
    start + size < count ? way(page + 1, "下一页", "next") : "");
};

/* Nothing of an answer that did not come whole stays on the page. */
const stop = (fault) => {
  for (const name of ["sift", "chips", "pages", "get"]) part(name).hidden = true;
  const again = () => {
    field.focus();
    ask();
  };
  drawTitle(request);
  drawFault(part("list"), fault, again, part("ways").cloneNode(true));
  settle("检索没有完成");
  if (!fault.kind) console.error(fault);
};

for (const button of document.querySelectorAll("[data-get]")) {
  button.addEventListener("click", async () => {
    const { index, answer, asked: { page, ...asked } } = answered;
    const { signal } = asking;
    const wait = waiting("正在准备下载");
    part("told").textContent = "";
    try {
      const hits = [];
      while (hits.length < answer.count) {
        hits.push(...await answer.hits(hits.length, AT_ONCE, { signal, quoted: false }));
        wait.progress({ done: hits.length, total: answer.count });
        if (signal.aborted) return;
      }
      save(button.dataset.get, asked.q, button.dataset.get === "csv"
        ? asCsv(asked.list, hits, inWords(answer.facets, asked), index.date)
        : asJson(asked.list, hits, asked, index.date));
      part("told").textContent = `已备好 ${hits.length} 条`;
    } catch (fault) {
      if (!signal.aborted) part("told").textContent = `没有下载：${sentence(fault)}`;
    } finally {
      wait.end();
    }
  });
}

/* ── begin ──────────────────────────────────────────────── */
const unfold = () => { part("sift").open = wide.matches; };
wide.addEventListener("change", unfold);
unfold();

const slash = document.querySelector("[data-slash]");
slash.checked = !isSlashOff();
slash.addEventListener("change", () => setSlash(slash.checked));
onSlash(() => {
  field.focus();
  field.select();
});

part("without").hidden = true;
part("results").hidden = false;
field.value = request.q;
ask();
