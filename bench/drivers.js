/* How each search is opened and asked in the browser. `open` and `ask` return milliseconds; `ask` ends when the
   first ten hits can be shown. `found` gives all that the last question found: our numbers of records, Pagefind's
   ids of fragments, Material's addresses. */
const HITS = 10;

const ours = {
  open: async (script) => (await import(script)).openIndex(new URL("/ours/search/index.json", location)),
  ask: async (index, q) => {
    const answer = await index.ask({ q });
    await answer.hits(0, HITS);
    return { index, answer };
  },
  found: ({ index, answer }) => {
    index.show = (items) => items; /* the numbers suffice: the texts of all hits would be fetched for nothing */
    return answer.hits(0, answer.count);
  },
};

const pagefind = {
  open: async (script) => {
    const peer = await import(script);
    await peer.init();
    await peer.filters(); /* there are none, but this waits for the worker's WebAssembly, which init does not */
    return peer;
  },
  ask: async (peer, q) => {
    const answer = await peer.search(q);
    await Promise.all(answer.results.slice(0, HITS).map((hit) => hit.data()));
    return answer;
  },
  found: (answer) => answer.results.map((hit) => hit.id),
};

/* Material's worker takes messages: 0 set up, 2 query; it answers 1 ready, 3 result. */
const said = (worker, message) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
  worker.postMessage(message);
});

const lunr = {
  open: async (script) => {
    const { config, docs } = await (await fetch("/lunr/search/search_index.json")).json();
    const worker = new Worker(script);
    await said(worker, { type: 0, data: { config, docs, options: { suggest: false } } });
    return worker;
  },
  ask: (worker, q) => said(worker, { type: 2, data: q }),
  found: ({ data }) => data.items.map(([hit]) => hit.location),
};

const drivers = { ours, pagefind, lunr };
let opened = null;
let answer = null;

const timed = async (what) => {
  const start = performance.now();
  const value = await what();
  return [performance.now() - start, value];
};

export const open = async (name, script) => {
  const [time, value] = await timed(() => drivers[name].open(script));
  opened = value;
  return time;
};

export const ask = async (name, q) => {
  const [time, value] = await timed(() => drivers[name].ask(opened, q));
  answer = value;
  return time;
};

export const found = (name) => drivers[name].found(answer);
