/* How a request is said: the names of orders, what the lists hold, the whole of it in a line. */
import { chosenOf } from "./facets.js";

export const THINGS = { records: "张表", indicators: "项指标" };

/* an order downward and upward; relevance has one way */
const NAMES = {
  relevance: ["按相关程度"],
  amount: ["金额从高到低", "金额从低到高"],
  year: ["年度从新到旧", "年度从旧到新"],
  score: ["得分从高到低", "得分从低到高"],
  number: ["数值从大到小", "数值从小到大"],
  level: ["级别倒序", "按级别"],
  name: ["名称倒序", "按名称"],
  comparison: ["比较倒序", "按比较"],
  unit: ["计量单位倒序", "按计量单位"],
};

/* The ways of an order: [{ descending, name }]. */
export const waysOf = (sort) => NAMES[sort].map((name, place) => ({ descending: place === 0, name }));

export const inWords = (facets, request) => {
  const q = request.q.trim();
  const way = waysOf(request.sort).find(({ descending }) => descending === request.descending);
  return [q ? `检索词：${q}` : "全部", ...chosenOf(facets, request).map(({ label }) => label),
    `列出${request.list === "records" ? "表格" : "指标"}`, way.name].join("；");
};
