/* Beside a label of the form what the word means, beside an amount the same in the other unit.
   Hover, focus or tap shows it; the pointer may move onto it; Escape puts it away (WCAG 1.4.13).
   Without this script a label is a link to its meaning at the foot of the page. */
const form = document.querySelector("[data-form]");
const LATER = { show: 150, hide: 300 }; // milliseconds: not for a pointer that only passes, time to move onto the tip
const AWAY = 4; // px between a word and its tip

const tip = document.createElement("div");
tip.className = "tip";
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
let shown = null; // the word whose tip stands there
let kept = false; // shown by a tap or click: stays until it is put away
let timer = 0;

/* A link to a meaning becomes the button that shows it, an amount too. They stay inline elements: a real button
   is not painted in the heads that a browser repeats on paper, and its words cannot be selected. */
function upgrade(word) {
  if (word.hash) {
    word.dataset.tip = document.querySelector(word.hash).nextElementSibling.textContent;
    word.removeAttribute("href");
  }
  word.tabIndex = 0;
  word.setAttribute("role", "button");
}

function place(word) {
  const at = word.getBoundingClientRect();
  const room = document.documentElement;
  const left = Math.max(AWAY, Math.min(at.left, room.clientWidth - tip.offsetWidth - AWAY));
  const below = at.bottom + AWAY + tip.offsetHeight < room.clientHeight || at.top < tip.offsetHeight + AWAY;
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${scrollY + (below ? at.bottom + AWAY : at.top - AWAY - tip.offsetHeight)}px`;
}

function show(word) {
  clearTimeout(timer);
  if (shown !== word) hide();
  shown = word;
  tip.textContent = word.dataset.tip;
  tip.hidden = false;
  word.setAttribute("aria-describedby", tip.id);
  place(word);
}

function hide() {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  kept = false;
  tip.hidden = true;
}

function later(action, wait) {
  clearTimeout(timer);
  timer = setTimeout(action, wait);
}
const leave = () => { if (!kept && document.activeElement !== shown) later(hide, LATER.hide); };

function toggle(word) {
  if (shown === word && kept) return hide();
  show(word);
  kept = true;
}

for (const word of form?.querySelectorAll(".term, .amount") ?? []) {
  upgrade(word);
  word.addEventListener("pointerenter", ({ pointerType }) => {
    if (pointerType === "mouse" && !kept) later(() => show(word), LATER.show);
  });
  word.addEventListener("pointerleave", leave);
  word.addEventListener("focus", () => { if (word.matches(":focus-visible")) show(word); });
  word.addEventListener("blur", () => { if (shown === word && !tip.matches(":hover")) hide(); });
  word.addEventListener("click", () => toggle(word));
  word.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle(word);
  });
}
tip.addEventListener("pointerenter", () => clearTimeout(timer));
tip.addEventListener("pointerleave", leave);
addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });
addEventListener("pointerdown", ({ target }) => { if (shown && target !== tip && !shown.contains(target)) hide(); });
addEventListener("resize", hide);
form?.after(tip);
