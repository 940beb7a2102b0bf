/* What Material's search leaves out: a pointer's way in, a keyboard's way through, and a quiet page.
   Its script opens and closes by a hidden checkbox and listens to keys on the window. */
const find = document.querySelector("[data-md-component=search]");
const state = document.querySelector("[data-md-toggle=search]");
const query = find.querySelector("[data-md-component=search-query]");
const go = find.querySelector(".find__go");
const list = find.querySelector(".find__list");
const button = document.querySelector("[data-find]");

const setRow = (open) => {
  find.classList.toggle("find--open", open);
  button.setAttribute("aria-expanded", String(open));
};
const setPanel = (open) => { if (state.checked !== open) state.click(); };
const ask = () => {
  setPanel(true);
  /* Material reads the field on keyup only: not after a paste, the clear button or an input method */
  query.dispatchEvent(new Event("keyup"));
};

button.addEventListener("click", () => {
  const open = !find.classList.contains("find--open");
  setRow(open);
  setPanel(open);
  if (open) query.focus();
});
query.addEventListener("input", (event) => { if (!event.isComposing) ask(); });
query.addEventListener("compositionend", ask);
query.form.addEventListener("submit", (event) => {
  event.preventDefault();
  query.focus();
  ask();
});

/* one letter must not act on the page (WCAG 2.1.4), and Tab and space must do what they do elsewhere:
   of all keys Material hears the arrows, and only from the find */
document.addEventListener("keydown", (event) => {
  const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (!arrow || !find.contains(event.target)) event.stopPropagation();
});
find.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.preventDefault();
  if (button.offsetParent) button.focus();
  else if (event.target !== query) go.focus();
  setRow(false);
  setPanel(false);
});
find.addEventListener("focusout", (event) => {
  const leaves = !find.contains(event.relatedTarget) && event.relatedTarget !== button;
  if (leaves && document.hasFocus()) setPanel(false);
});

/* results come as arrow-key stops with headings of their own: make them plain links */
new MutationObserver(() => {
  for (const stop of list.querySelectorAll("[tabindex]")) stop.removeAttribute("tabindex");
  for (const part of list.querySelectorAll("article, h1, h2")) part.setAttribute("role", "none");
}).observe(list, { childList: true });

/* a link with ?q= has opened the search before this module ran */
if (state.checked) {
  setRow(true);
  query.focus();
}
