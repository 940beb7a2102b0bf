/* Sort a table of forms. */
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

for (const table of all("table[data-sortable]")) {
  const body = table.tBodies[0];
  for (const button of all(".sort", table)) {
    const head = button.closest("th");
    const key = button.dataset.sort;
    const compare = "number" in button.dataset
      ? (a, b) => a.dataset[key] - b.dataset[key]
      : (a, b) => collator.compare(a.dataset[key], b.dataset[key]);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of all("[aria-sort]", table)) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = all("tr", body).sort(compare);
      body.append(...(down ? rows.reverse() : rows));
    });
  }
}
