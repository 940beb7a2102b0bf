/* What stands where the list would: that nothing was found, or that the search did not end. Both lead on. */
import { make, sentence } from "./parts.js";
import { THINGS } from "./said.js";

const asTerm = (text) => `"${text.replace(/(["\\])/g, "\\$1")}"`;

/* Nothing found. `linkTo` makes a link that asks with changes to the request. */
export const drawNothing = (home, { terms }, { list, from, to }, narrowed, linkTo) => {
  const kept = terms.filter((term) => !term.excluded).map(({ text }) => text);
  const ways = [];
  if (narrowed) ways.push(linkTo({ facets: {}, from: "", to: "" }, "去掉全部筛选条件"));
  if (list === "indicators") ways.push(linkTo({ list: "records" }, "按表格列出：几个词在同一张表里就算"));
  if (terms.length > 1) ways.push(...kept.map((text) => linkTo({ q: asTerm(text) }, `只查“${text}”`)));
  const held = kept.length ? `${kept.length > 1 ? "同时" : ""}含有${kept.map((text) => `“${text}”`).join("、")}` : "";
  const within = narrowed || !held ? "符合所选条件" : "";
  home.replaceChildren(make("div", { class: "nothing-found" },
    make("p", {}, `没有一${THINGS[list]}${[held, within].filter(Boolean).join("，并且")}。`),
    make("ul", { class: "nothing-found__ways" }, ways.map((way) => make("li", {}, way)),
      from && to && Number(from) > Number(to) ? make("li", {}, "最低金额比最高金额大，两个金额写反了吗？") : "",
      kept.some((text) => /[0-9][,，]|[,，][0-9]/.test(text)) ? make("li", {}, "数字可以不写逗号：5073780 能查到 5,073,780.00；逗号后不足三位的，查不到。") : "",
      make("li", {}, "换短一些的词，或者只留一个词；印的是全称，用简称就查不到。"),
      make("li", {}, "词里有空格时放在英文双引号里；空格后面以减号开头的词是不要的词，见上面“怎样检索”。"))));
};

/* Files can be fetched again; a program that did not come, or is older than the files, needs a new page. */
const AGAIN = new Set(["network", "server", "missing", "broken"]);

/* The search did not end. `again` asks once more, `ways` are links to what can be read without it. */
export const drawFault = (home, fault, again, ways) => {
  const button = make("button", { type: "button", class: "button" }, "重试");
  button.addEventListener("click", () => (AGAIN.has(fault.kind) ? again() : location.reload()));
  home.replaceChildren(make("div", { class: "fault" }, make("p", {}, sentence(fault)),
    fault.kind === "old-browser" ? "" : button, make("p", {}, "也可以按单位与年度查看："), ways));
};
