// The preview's own: shows what is wrong, beside the page and at its place, and waits for the next state.
const NAMES = { error: "错误", warning: "警告", notice: "提示" };
const told = JSON.parse(document.getElementById("preview-told").textContent);

function made(tag, className, ...inside) {
  const node = document.createElement(tag);
  node.className = className;
  node.append(...inside);
  return node;
}

/** The cell that a finding speaks of: by its printed label within the part of the page that its key stands in. */
function placeOf({ anchor, label, field }) {
  const part = anchor && document.getElementById(anchor);
  if (!part) return null;
  const line = field.match(/^budget\.(total|appropriation|carryover|other)/)?.[1];
  const rows = line ? [...part.querySelectorAll("tbody tr")] : [part];
  const row = line ? rows[["total", "appropriation", "carryover", "other"].indexOf(line)] : part;
  const labelled = [...row.querySelectorAll("[data-label]")].find((cell) => cell.dataset.label === label);
  if (labelled) return labelled;
  if (/^indicators\[\d+\]/.test(field)) return part.querySelector(".rows__name") ?? part;
  const heads = [...part.querySelectorAll("th, dt, h3")];
  const head = label && heads.findLast((each) => each.textContent.replace("其中：", "").startsWith(label));
  return head ? head.nextElementSibling ?? head : part;
}

function said(finding) {
  const where = finding.label ? `${finding.label}（${finding.field}）：` : "";
  return made(
    "div",
    `preview-finding preview-finding--${finding.severity}`,
    made("b", "preview-finding__kind", NAMES[finding.severity]),
    made("span", "preview-finding__words", `${where}${finding.words}`),
    made("span", "preview-finding__mend", `怎样改：${finding.mend}`),
    made("code", "preview-finding__place", `${finding.place} [${finding.code}]`),
  );
}

function panel() {
  const counts = Object.entries(NAMES).map(([kind, name]) => [
    name,
    told.here.filter((each) => each.severity === kind).length,
  ]);
  const sum = counts.filter(([, count]) => count).map(([name, count]) => `${count} 处${name}`);
  const summary = made("summary", "preview__summary", `预览　本页${sum.length ? sum.join("、") : "没有发现问题"}`);
  const box = made("details", "preview", summary, ...told.here.map(said));
  box.open = told.here.some((each) => each.severity === "error");
  if (told.elsewhere.length) {
    const links = told.elsewhere.map((url) => {
      const link = made("a", "preview__link", url || "首页");
      link.href = `/${url}`;
      return made("li", "preview__page", link);
    });
    summary.append(`　别处 ${told.elsewhere.length} 页有错误`);
    box.append(made("p", "preview__lead", "有错误的页："), made("ul", "preview__pages", ...links));
  }
  const aside = made("aside", "preview-aside", box);
  aside.setAttribute("aria-label", "预览：发现的问题");
  document.body.append(aside);
}

for (const finding of told.here) {
  const place = placeOf(finding);
  if (!place) continue;
  const mark = made("div", `preview-mark preview-mark--${finding.severity}`, `${NAMES[finding.severity]}：${finding.words}`);
  mark.dataset.code = finding.code;
  place.append(mark);
}
panel();

/** Waits for a state that is not this one; a server that is away, or is another's, is asked again. */
async function follow() {
  for (;;) {
    const number = await fetch(`/_preview/changes?${told.number}`)
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
    if (number === null) await new Promise((done) => setTimeout(done, 1000));
    else if (number !== told.number) return location.reload();
  }
}
// A page that is not looked at holds no connection: browsers have few for each server.
if (document.visibilityState === "visible") follow();
else document.addEventListener("visibilitychange", follow, { once: true });
