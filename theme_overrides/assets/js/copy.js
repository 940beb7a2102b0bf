/* Copy the words of an element, and say so; into a citation set the reader's day. */
for (const day of document.querySelectorAll("[data-today]")) {
  const now = new Date();
  day.textContent = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    return true;
  } catch { /* no secure address, or refused: as it was done before */
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById(`${button.dataset.copy}-done`);
  button.addEventListener("click", async () => {
    said.textContent = await copied(source) ? "已复制" : "没有复制成功，请选中文字复制";
  });
}
