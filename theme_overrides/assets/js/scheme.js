/* Light, dark, or as the system says. early.js applies the choice on the next page. */
const root = document.documentElement;
const schemes = [["", "自动"], ["default", "浅色"], ["slate", "深色"]];

for (const button of document.querySelectorAll("[data-scheme]")) {
  const word = button.querySelector("[data-scheme-word]");
  let place = Math.max(0, schemes.findIndex(([key]) => key === root.dataset.mdColorScheme));
  const show = () => {
    const [key, name] = schemes[place];
    if (key) root.dataset.mdColorScheme = key;
    else delete root.dataset.mdColorScheme;
    word.textContent = name;
  };
  button.addEventListener("click", () => {
    place = (place + 1) % schemes.length;
    show();
    try { localStorage.setItem("scheme", schemes[place][0]); } catch { /* kept for this page only */ }
  });
  show();
}
