/* The facets beside the list, and the chosen ones above it. Nodes are kept from answer to answer, so that focus stays. */
import { make } from "./parts.js";
import { amount } from "./request.js";

const SHOWN = 8;

const newFacet = ({ key, label }, open) => {
  const all = make("button", { type: "button", class: "facet__all", hidden: true });
  const values = make("div", { class: "facet__values" });
  const node = make("details", { class: "facet", open },
    make("summary", { class: "facet__name" }, label),
    make("fieldset", { class: "facet__choices" }, make("legend", { class: "unseen" }, label), values, all));
  const facet = { node, values, all, choices: new Map(), whole: false };
  all.addEventListener("click", () => {
    facet.whole = !facet.whole;
    fold(facet);
  });
  if (key === "amount") node.querySelector("fieldset").append(newBounds());
  return facet;
};

const newBounds = () => {
  const bound = (name, label) => make("label", { class: "bounds__side" }, make("span", { class: "unseen" }, label),
    make("input", { class: "filter__field bounds__field", type: "text", inputmode: "decimal", name, form: "ask",
      autocomplete: "off", "aria-describedby": "bounds-told" }));
  return make("div", { class: "bounds" },
    make("div", { class: "bounds__row" }, bound("from", "最低金额，万元"), make("span", { "aria-hidden": "true" }, "至"),
      bound("to", "最高金额，万元"), make("span", { "aria-hidden": "true" }, "万元")),
    make("p", { class: "bounds__told", id: "bounds-told", role: "status" }));
};

const newChoice = (key, { value, label }) => {
  const box = make("input", { type: "checkbox", name: key, value, form: "ask" });
  const count = make("span", { class: "choice__count" });
  return { node: make("label", { class: "choice" }, box, make("span", { class: "choice__name" }, label), count), box, count };
};

/* Beyond the first eight only what is chosen, until all are asked for. */
const fold = (facet) => {
  const choices = [...facet.choices.values()];
  choices.forEach(({ node, box }, place) => { node.hidden = !facet.whole && place >= SHOWN && !box.checked; });
  facet.all.hidden = choices.length <= SHOWN;
  facet.all.setAttribute("aria-expanded", String(facet.whole));
  facet.all.textContent = facet.whole ? "收起" : `显示全部 ${choices.length} 项`;
};

const fill = (facet, { key, values }) => {
  const before = facet.choices;
  facet.choices = new Map();
  for (const value of values) {
    const choice = before.get(value.value) ?? newChoice(key, value);
    choice.box.checked = value.chosen;
    choice.count.textContent = String(value.count);
    facet.choices.set(value.value, choice);
  }
  const nodes = [...facet.choices.values()].map(({ node }) => node);
  const focused = document.activeElement;
  const had = facet.values.contains(focused);
  if (nodes.length !== facet.values.children.length || nodes.some((node, place) => node !== facet.values.children[place])) {
    facet.values.replaceChildren(...nodes);
    if (had) (focused.isConnected ? focused : facet.node.querySelector("summary")).focus({ preventScroll: true });
  }
  facet.node.hidden = nodes.length === 0 && key !== "amount";
  fold(facet);
};

/* Draws facets into `home`; the returned function takes an answer's facets, the request, and whether they stand open. */
export const facetsIn = (home) => {
  const drawn = new Map();
  return (facets, request, open) => {
    for (const facet of facets) {
      if (!drawn.has(facet.key)) {
        const chosen = facet.values.some((value) => value.chosen);
        drawn.set(facet.key, newFacet(facet, open || chosen));
        home.append(drawn.get(facet.key).node);
      }
      fill(drawn.get(facet.key), facet);
    }
    const told = home.querySelector(".bounds__told");
    if (!told) return;
    const wrong = ["from", "to"].filter((name) => amount(request[name]) === null);
    for (const name of ["from", "to"]) {
      const field = home.querySelector(`[name=${name}]`);
      if (field !== document.activeElement) field.value = request[name];
      if (wrong.includes(name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    told.textContent = wrong.map((name) => `“${request[name]}”不是金额，没有用上；请填数字，如 12.5。`).join("");
  };
};

/* What is chosen, one by one: [{ key, value, label }]. */
export const chosenOf = (facets, request) => {
  const chosen = facets.flatMap(({ key, label, values }) => values
    .filter((value) => value.chosen)
    .map((value) => ({ key, value: value.value, label: `${label}：${value.label}` })));
  if (amount(request.from)) chosen.push({ key: "from", value: "", label: `金额不少于 ${amount(request.from)} 万元` });
  if (amount(request.to)) chosen.push({ key: "to", value: "", label: `金额不多于 ${amount(request.to)} 万元` });
  return chosen;
};

/* The chosen ones as buttons that take them away; `drop` is given one of them, or null for all. */
export const drawChips = (home, chosen, drop) => {
  const had = home.contains(document.activeElement);
  const chip = (one) => {
    const button = make("button", { type: "button", class: "chip" }, make("span", { class: "unseen" }, "去掉 "), one.label,
      make("span", { class: "chip__off", "aria-hidden": "true" }, "×"));
    button.addEventListener("click", () => drop(one));
    return make("li", {}, button);
  };
  const nodes = chosen.map(chip);
  if (chosen.length > 1) {
    const button = make("button", { type: "button", class: "chip chip--all" }, "全部去掉");
    button.addEventListener("click", () => drop(null));
    nodes.push(make("li", {}, button));
  }
  home.replaceChildren(...nodes);
  home.hidden = nodes.length === 0;
  if (had) (home.querySelector("button") ?? document.getElementById("found")).focus({ preventScroll: true });
};
