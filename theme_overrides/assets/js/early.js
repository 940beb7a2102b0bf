/* Before the first paint: the reader's scheme, and whether the modules can run.
   A classic script, since a module waits for the page. */
(() => {
  const root = document.documentElement;
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme) root.dataset.mdColorScheme = scheme;
  } catch { /* storage is off: the system decides */ }

  if (location.protocol !== "file:") {
    root.classList.add("scripted");
    return;
  }
  /* from a folder browsers refuse modules, so their controls stay hidden,
     and a link to a directory shows a list of files instead of the page */
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  });
  addEventListener("submit", ({ target }) => {
    if (target.action.endsWith("/")) target.action += "index.html";
  });
  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".sort")) button.disabled = true;
    for (const table of document.querySelectorAll("table[data-sortable]")) {
      const words = Object.assign(document.createElement("p"), { className: "note", textContent: "从文件夹里打开时不能排序：要排序，请从网址打开本站。" });
      (table.closest(".region") ?? table).before(words);
    }
  });
})();
