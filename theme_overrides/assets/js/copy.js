/* Copy the citation; where the browser refuses, select it, so that one key does the rest. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.querySelector(button.dataset.copy);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = "已复制";
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = "已选中，请按复制键";
    }
  });
}
