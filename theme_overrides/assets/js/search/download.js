/* The whole list as a file: every hit in its order, with what was asked and the date of the data. */
import { root } from "./parts.js";

const text = (parts) => parts?.map((part) => part.text).join("") ?? null;
const address = (url) => new URL(url, root).href;

/* key in JSON, head in CSV, value */
const RECORD = [
  ["id", "编号", (hit) => hit.id], ["url", "网址", (hit) => address(hit.url)], ["name", "项目名称", (hit) => text(hit.name)],
  ["centre", "单位", (hit) => hit.centre], ["year", "年度", (hit) => hit.year], ["form", "表", (hit) => hit.form],
  ["document", "文件标题", (hit) => hit.document], ["amount_label", "金额名称", (hit) => hit.amountLabel],
  ["amount", "金额", (hit) => hit.amount], ["unit", "金额单位", (hit) => hit.unit], ["score", "得分", (hit) => hit.score],
  ["grade", "等级", (hit) => hit.grade],
];
const INDICATOR = [
  ["id", "编号", (hit) => hit.id], ["row", "指标序号", (hit) => hit.row], ["url", "网址", (hit) => address(hit.url)],
  ["record", "项目名称", (hit) => hit.record], ["centre", "单位", (hit) => hit.centre], ["year", "年度", (hit) => hit.year],
  ["form", "表", (hit) => hit.form], ["level1", "一级指标", (hit) => text(hit.level1)], ["level2", "二级指标", (hit) => text(hit.level2)],
  ["name", "三级指标", (hit) => text(hit.name)], ["target", "年度指标值", (hit) => text(hit.target)],
  ["comparison", "比较", (hit) => hit.comparison], ["number", "数值", (hit) => hit.number], ["unit", "计量单位", (hit) => hit.unit],
  ["actual", "实际完成值", (hit) => text(hit.actual)], ["score", "得分", (hit) => hit.score],
];
const columns = (list) => list === "indicators" ? INDICATOR : RECORD;

/* A spreadsheet runs a cell that begins with = + - @, full-width or not, as a formula; a ' before it keeps it text.
   What begins with ' gets one too, so that taking one ' away always gives the printed words. */
const guarded = (value) => /^[=+\-@＝＋－＠\t\r\n']/.test(value) ? `'${value}` : value;
const quoted = (value) => /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const line = (cells) => cells.map((cell) => quoted(guarded(String(cell ?? "")))).join(",");

export const asCsv = (list, hits, asked, date) => {
  const kept = columns(list);
  const rows = hits.map((hit) => line([...kept.map(([, , value]) => value(hit)), asked, date ?? "未注明"]));
  return `\uFEFF${[line([...kept.map(([, head]) => head), "检索条件", "数据日期"]), ...rows].join("\r\n")}\r\n`;
};

export const asJson = (list, hits, request, date) => {
  const rows = hits.map((hit) => Object.fromEntries(columns(list).map(([key, , value]) => [key, value(hit)])));
  return `${JSON.stringify({ query: request.q, request, date, count: rows.length, rows }, null, 2)}\n`;
};

const TYPES = { csv: "text/csv;charset=utf-8", json: "application/json" };

/* Hands the reader a file of the given kind, named after what was asked. */
export const save = (kind, words, data) => {
  const url = URL.createObjectURL(new Blob([data], { type: TYPES[kind] }));
  const name = words.replace(/[^\p{L}\p{N}.+-]+/gu, "_").replace(/^[_.]+|_+$/g, "").slice(0, 40);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name ? `检索-${name}` : "检索"}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
