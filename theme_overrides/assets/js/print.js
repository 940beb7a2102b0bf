/* Print the form and nothing else; the browser's own command prints also what the page says about it. */
const root = document.documentElement;
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => {
    root.dataset.printing = "form";
    window.print();
  });
}
addEventListener("afterprint", () => delete root.dataset.printing);
