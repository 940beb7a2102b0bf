/* The menu on the phone. */
for (const button of document.querySelectorAll("[data-menu]")) {
  const tabs = document.getElementById(button.getAttribute("aria-controls"));
  const set = (open) => {
    tabs.classList.toggle("tabs--open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  const isOpen = () => tabs.classList.contains("tabs--open");
  button.addEventListener("click", () => {
    set(!isOpen());
    if (isOpen()) tabs.querySelector("a").focus();
  });
  for (const part of [button, tabs]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      set(false);
      button.focus();
    });
  }
}
