/* The hits of a page of the list: records as entries, indicators as rows of a table. */
import { make, marked, root } from "./parts.js";

const at = (url) => new URL(url, root).href;

const matchOf = (match) => {
  const text = marked(match.parts);
  const place = match.row ? make("span", { class: "hit__row" }, `第 ${match.row} 项`) : "";
  return make("li", { class: "hit__match" }, make("span", { class: "hit__field" }, match.label, place),
    make("span", { class: "hit__text" }, match.row ? make("a", { href: at(match.url) }, text) : text));
};

const entryOf = (hit) => {
  const facts = [`${hit.year} 年度`, hit.centre, hit.form, `${hit.amountLabel} ${hit.amount} ${hit.unit}`];
  if (hit.score !== null) facts.push(`得分 ${hit.score}${hit.grade ? ` ${hit.grade}` : ""}`);
  return make("li", { class: "hit", "data-record-id": hit.id },
    make("h3", { class: "hit__title" }, make("a", { href: at(hit.url) }, marked(hit.name))),
    make("p", { class: "hit__where" }, facts.map((fact) => make("span", { class: "hit__fact" }, fact))),
    hit.matches.length ? make("ul", { class: "hit__matches" }, hit.matches.map(matchOf)) : "");
};

export const drawRecords = (home, hits) => {
  home.replaceChildren(make("ol", { class: "hits" }, hits.map(entryOf)));
};

/* key of the order, words of the head; a column without a key is not sorted by */
const COLUMNS = [
  ["level", "级别", "level"], ["name", "三级指标", "name"], [null, "年度指标值", "target"], ["comparison", "比较", "sign"],
  ["number", "数值", "figure"], ["unit", "单位", "unit"], ["year", "年度", "year"],
];

const cell = (column, label, ...inside) => make("td", { role: "cell", class: `rowlist__${column}`, "data-label": label }, ...inside);
const orNothing = (text) => text ?? "";
const inParts = (parts) => parts === null ? "" : marked(parts);

const rowOf = (hit) => {
  const actual = hit.actual === null ? "" : make("span", { class: "rowlist__done" }, "实际完成 ", marked(hit.actual));
  const score = hit.score === null ? "" : make("span", { class: "rowlist__done" }, `得分 ${hit.score}`);
  return make("tr", { role: "row", "data-record-id": hit.id, "data-row": hit.row },
    cell("level", "级别", make("div", {}, make("span", { class: "rowlist__first" }, inParts(hit.level1)),
      make("span", { class: "rowlist__second" }, inParts(hit.level2)))),
    make("th", { role: "rowheader", scope: "row", class: "rowlist__name" }, make("a", { href: at(hit.url) }, marked(hit.name)),
      make("span", { class: "rowlist__where" }, `${hit.record}　${hit.centre}`)),
    cell("target", "年度指标值", make("div", {}, inParts(hit.target), actual, score)),
    cell("sign", "比较", orNothing(hit.comparison)),
    cell("figure", "数值", orNothing(hit.number)),
    cell("unit", "单位", orNothing(hit.unit)),
    cell("year", "年度", hit.year));
};

const newTable = (sortBy) => {
  const heads = COLUMNS.map(([key, label, column]) => {
    const head = make("th", { role: "columnheader", scope: "col", class: `rowlist__${column}` });
    if (!key) {
      head.append(label);
      return head;
    }
    const button = make("button", { type: "button", class: "sort" }, label);
    button.addEventListener("click", () => sortBy(key));
    head.dataset.key = key;
    head.append(button);
    return head;
  });
  return make("div", { class: "list region", role: "region", "aria-label": "指标表", tabindex: "0" },
    make("table", { class: "ruled cards rowlist", role: "table" }, make("caption", { class: "unseen" }, "找到的绩效指标"),
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads)), make("tbody", { role: "rowgroup" })));
};

/* The table stays from answer to answer, so that focus stays on the head that sorts it. */
export const drawIndicators = (home, hits, { sort, descending }, sortBy) => {
  let table = home.querySelector(".rowlist");
  if (!table) {
    home.replaceChildren(newTable(sortBy));
    table = home.querySelector(".rowlist");
  }
  for (const head of table.querySelectorAll("[data-key]")) {
    const way = head.dataset.key === sort ? (descending ? "descending" : "ascending") : "none";
    head.setAttribute("aria-sort", way);
  }
  table.tBodies[0].replaceChildren(...hits.map(rowOf));
};
