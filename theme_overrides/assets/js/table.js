/* Sort and filter a table of forms. */
const collator = new Intl.Collator("zh-Hans-CN", { numeric: true });
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const folded = (text) => text.normalize("NFKC").toLowerCase().trim();

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

for (const filter of all("[data-filter]")) {
  const items = all(filter.dataset.filter);
  const count = filter.querySelector("[data-shown]") ?? document.querySelector("[data-shown]");
  const apply = () => {
    const text = folded(filter.querySelector("input[type=search]")?.value ?? "");
    const asked = all("select", filter).filter((field) => field.value);
    let shown = 0;
    for (const item of items) {
      const fits = folded(item.textContent).includes(text)
        && asked.every((field) => (item.dataset[field.name] ?? "").split(" ").includes(field.value));
      item.hidden = !fits;
      shown += fits;
    }
    if (count) count.textContent = `显示 ${shown} / ${items.length} 项`;
  };
  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
}
