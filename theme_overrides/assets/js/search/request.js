/* What is asked, and its place in the address: one for one, defaults left out. */
export const FACETS = ["year", "centre", "form", "department", "nature", "category", "level1", "level2", "grade", "amount"];
/* Orders of each list, the first by default. What is largest or newest goes first unless turned. */
export const ORDERS = {
  records: ["relevance", "amount", "year", "score"],
  indicators: ["relevance", "level", "name", "comparison", "number", "unit", "year"],
};
const DOWNWARD = new Set(["relevance", "amount", "year", "score", "number"]);

export const goesDown = (sort) => DOWNWARD.has(sort);

/* A request for one list: an order that the list does not have gives way to the first. */
export const fitted = (request) => {
  const sort = ORDERS[request.list].includes(request.sort) ? request.sort : "relevance";
  const kept = sort === request.sort && sort !== "relevance";
  return { ...request, sort, descending: kept ? request.descending : goesDown(sort) };
};

/* The request in an address's query; what it does not know, it leaves. */
export const read = (search) => {
  const words = new URLSearchParams(search);
  const facets = {};
  for (const key of FACETS) {
    const values = [...new Set(words.getAll(key))].filter((value) => value !== "");
    if (values.length) facets[key] = values;
  }
  const sort = words.get("sort") ?? "relevance";
  const order = words.get("order");
  const page = words.get("page") ?? "";
  return fitted({
    q: words.get("q") ?? "",
    list: words.get("list") === "indicators" ? "indicators" : "records",
    sort,
    descending: order === "asc" ? false : order === "desc" ? true : goesDown(sort),
    facets,
    from: words.get("from") ?? "",
    to: words.get("to") ?? "",
    page: /^[1-9][0-9]{0,6}$/.test(page) ? Number(page) : 1,
  });
};

/* The address of the search page that asks this. */
export const written = ({ q, list, sort, descending, facets, from, to, page }) => {
  const words = new URLSearchParams();
  if (q.trim()) words.append("q", q);
  for (const key of FACETS) for (const value of facets[key] ?? []) words.append(key, value);
  if (from) words.append("from", from);
  if (to) words.append("to", to);
  if (list !== "records") words.append("list", list);
  if (sort !== "relevance") words.append("sort", sort);
  if (descending !== goesDown(sort)) words.append("order", descending ? "desc" : "asc");
  if (page > 1) words.append("page", String(page));
  const said = words.toString();
  return said ? `./?${said}` : "./";
};

/* An amount as an office writes it, of any width and with separators; null when it is none. */
export const amount = (text) => {
  const plain = text.normalize("NFKC").replace(/[\s,]/g, "");
  return plain === "" || /^[0-9]+(\.[0-9]+)?$/.test(plain) ? plain : null;
};
