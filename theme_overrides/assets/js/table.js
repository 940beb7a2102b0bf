/* Sort and filter a table of forms. */
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

const folded = (text) => text.normalize("NFKC").toLowerCase().trim();
const PLACES = 6; // decimals that an amount may have

/* amounts are added as whole numbers, so that no sum is off by a cent */
const whole = (amount) => {
  const [units, decimals = ""] = amount.split(".");
  return BigInt(units + decimals.padEnd(PLACES, "0"));
};
const written = (sum) => {
  const digits = String(sum).padStart(PLACES + 1, "0");
  const decimals = digits.slice(-PLACES).replace(/0+$/, "").padEnd(2, "0");
  return `${digits.slice(0, -PLACES).replace(/\B(?=(\d{3})+$)/g, ",")}.${decimals}`;
};

for (const filter of all("form[data-filter]")) {
  const rows = all("tr", document.getElementById(filter.dataset.filter).tBodies[0]);
  const text = filter.querySelector("input");
  const choices = all("select", filter);
  const count = filter.querySelector("[data-shown]");
  const apply = () => {
    const asked = folded(text.value);
    const shown = rows.filter((row) => {
      const fits = folded(row.dataset.name).includes(asked)
        && choices.every(({ name, value }) => !value || row.dataset[name] === value || (name === "source" && row.dataset.source.split(" ").includes(value)));
      row.hidden = !fits;
      return fits;
    });
    const sum = shown.reduce((so_far, row) => so_far + whole(row.dataset.amount), 0n);
    const words = { shown: shown.length, all: rows.length, sum: written(sum) };
    count.textContent = count.dataset.shown.replace(/\{(\w+)\}/g, (_, name) => words[name]);
  };
  filter.addEventListener("input", apply);
  filter.addEventListener("submit", (event) => event.preventDefault());
  if (text.value || choices.some(({ value }) => value)) apply(); // what the browser kept of an earlier visit
}
