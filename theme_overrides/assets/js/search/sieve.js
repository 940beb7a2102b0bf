/* What is left within the chosen facets and the range of amounts, and how many have each value under the others. */
const LEVELS = ["level1", "level2"];

/* An amount in 万元, digits and a point, in yuan: the parser shifts the point, which multiplying would not do exactly.
   Null when there is none. */
const yuan = (wan = "") => (/^[0-9]+(\.[0-9]+)?$/.test(wan) ? Number(`${wan}e4`) : null);

/* A facet's values, [value, label], and the codes of those that an item has. */
const columnOf = ({ values, codes }) => {
  const of = values.map((_, code) => [code]);
  return { values, of: (record) => of[codes[record]] ?? [] };
};

const levelColumn = (place, { pairs, sets, codes }, rows) => {
  const known = [...new Set(pairs.map((pair) => pair[place]).filter((level) => level !== null))];
  const ofPair = pairs.map((pair) => (pair[place] === null ? [] : [known.indexOf(pair[place])]));
  const ofSet = sets.map((set) => [...new Set(set.flatMap((pair) => ofPair[pair]))]);
  return {
    values: known.map((level) => [level, level]),
    of: rows ? (_, item) => ofPair[rows.pairs[item]] : (record) => ofSet[codes[record]],
  };
};

const sieve = (key, label, column, chosen) => {
  const wanted = new Set(chosen);
  const passing = column.values.map(([value]) => wanted.has(value));
  const counts = new Uint32Array(column.values.length);
  return {
    passes: (record, item) => wanted.size === 0 || column.of(record, item).some((code) => passing[code]),
    count: (record, item) => { for (const code of column.of(record, item)) counts[code] += 1; },
    shown: () => {
      const values = column.values.map(([value, said], code) => ({ value, label: said, count: counts[code], chosen: passing[code] }));
      for (const value of wanted) {
        if (!values.some((each) => each.value === value)) values.push({ value, label: value, count: 0, chosen: true });
      }
      return { key, label, values: values.filter(({ count, chosen: is }) => count || is) };
    },
  };
};

/* The items held that are left, and the facets. With `rows` (their columns) the items are rows, else records;
   `amounts` are asked for only when the request names a range. */
export const narrowed = (held, request, { places, facets, columns, rows, amounts }) => {
  const sieves = facets.map(([key, label]) => {
    const level = LEVELS.indexOf(key);
    const column = level < 0 ? columnOf(columns.columns[key]) : levelColumn(level, columns.levels, rows);
    return sieve(key, label, column, request.facets?.[key] ?? []);
  });
  const [from, to] = [yuan(request.from), yuan(request.to)];
  const kept = [];
  for (let record = 0, item = 0; record < places.records; record++) {
    const outside = (from !== null && amounts[record] < from) || (to !== null && amounts[record] > to);
    for (const end = rows ? places.rowStarts[record + 1] : record + 1; item < end; item++) {
      if (outside || !held[item]) continue;
      let failed = null;
      let failures = 0;
      for (const each of sieves) {
        if (each.passes(record, item)) continue;
        failed = each;
        if (++failures > 1) break;
      }
      if (failures === 0) {
        kept.push(item);
        for (const each of sieves) each.count(record, item);
      } else if (failures === 1) failed.count(record, item);
    }
  }
  return { kept, facets: sieves.map((each) => each.shown()) };
};
