/* Tables that a phone shows as cards: a table with another `display` is none to Safari before 17, unless it says so.
   Said here and not in the page, where such roles say the same again and the HTML standard forbids them. */
const ROLES = [["thead, tbody, tfoot", "rowgroup"], ["tr:not([aria-hidden])", "row"], ["th[scope=col]", "columnheader"], ["th:not([scope=col])", "rowheader"], ["td", "cell"]];

for (const table of document.querySelectorAll("table.cards")) {
  table.setAttribute("role", "table");
  for (const [parts, role] of ROLES) for (const part of table.querySelectorAll(parts)) part.setAttribute("role", role);
}
