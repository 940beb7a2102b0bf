/* The files of the search: fetched once, unpacked, kept. A file that cannot be had is a fault, never an empty answer. */
const SAID = {
  "old-browser": "这个浏览器太旧，不能检索。请换用较新的浏览器，或从单位目录逐页查看。",
  network: "网络中断，检索没有完成。请检查网络后重试。",
  server: "网站服务器没有给出检索文件，检索没有完成。请稍后重试，或从单位目录逐页查看。",
  missing: "检索文件缺失，检索没有完成。请稍后重试，或从单位目录逐页查看。",
  stale: "网站内容刚刚更新，本页的检索已过时。请重新载入本页。",
  broken: "检索文件损坏，检索没有完成。请重试，或从单位目录逐页查看。",
};

const FORMAT = 2;
/* The index has one address, whatever it holds: a copy is asked about, whatever the server says of it. */
const ANEW = { cache: "no-cache" };

export class SearchFault extends Error {
  constructor(kind, cause) {
    super(SAID[kind], { cause });
    this.kind = kind;
  }
}

const bytesOf = async (url, options) => {
  const response = await fetch(url, options).catch((error) => { throw new SearchFault("network", error); });
  if (!response.ok) throw new SearchFault(response.status === 404 ? "missing" : "server");
  return response.arrayBuffer().catch((error) => { throw new SearchFault("network", error); });
};

/* A file's name ends in the check sum that its stream ends in, and six digits more. */
const isOfName = (bytes, name) => {
  const sum = [...new Uint8Array(bytes.slice(-4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return sum === name.slice(-14, -6);
};

const unpacked = async (bytes, name) => {
  if (!isOfName(bytes, name)) throw new SearchFault("broken");
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new SearchFault("broken", error);
  }
};

const readJson = (bytes) => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new SearchFault("broken", error);
  }
};

const readIndex = (bytes) => {
  const index = readJson(bytes);
  if (typeof index?.files !== "object") throw new SearchFault("broken");
  if (index.format !== FORMAT) throw new SearchFault("stale");
  return index;
};

const isSame = (bytes, others) => {
  const [one, other] = [bytes, others].map((each) => new Uint8Array(each));
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
};

export class Store {
  #address;
  #read;
  #index;
  #kept = new Map();

  /* `address` is that of the index; what it names stands beside it. */
  static async open(address) {
    if (!("DecompressionStream" in globalThis && "replaceAll" in String.prototype)) throw new SearchFault("old-browser");
    const store = new Store();
    store.#address = address;
    store.#read = await bytesOf(address, ANEW);
    store.#index = readIndex(store.#read);
    return store;
  }

  get index() { return this.#index; }

  /* Whether the site has changed since: it has another index now. */
  async #isReplaced() { return !isSame(this.#read, await bytesOf(this.#address, ANEW)); }

  /* What is missing or broken may belong to a release that is gone. */
  async #unpacked(name) {
    try {
      return await unpacked(await bytesOf(new URL(`${name}.bin`, this.#address)), name);
    } catch (fault) {
      if (fault.kind !== "network" && await this.#isReplaced().catch(() => false)) throw new SearchFault("stale", fault);
      throw fault;
    }
  }

  /* The unpacked bytes of a file, or what `read` makes of them. */
  #file(name, read) {
    if (!this.#kept.has(name)) {
      const made = this.#unpacked(name).then(read);
      made.catch(() => this.#kept.delete(name));
      this.#kept.set(name, made);
    }
    return this.#kept.get(name);
  }

  /* One of the files that the index names. */
  part(name) { return this.#file(`${name}-${this.#index.files[name]}`, readJson); }

  /* The printed cells of a few records of a centre. */
  text(centre, name) { return this.#file(`../${centre}/texts/${name}`, readJson); }

  /* The postings of a shard. */
  shard(name, read) { return this.#file(`p/${name}`, read); }
}

/* Counts what is awaited, for a progress bar: { done, total } in files; and stops when nobody waits any more. */
export class Progress {
  #done = 0;
  #total = 0;

  constructor({ signal, progress } = {}) {
    this.signal = signal;
    this.tell = progress;
  }

  async all(promises) {
    this.#total += promises.length;
    this.#told();
    const values = await Promise.all(promises.map((promise) => Promise.resolve(promise).then((value) => {
      this.#done += 1;
      this.#told();
      return value;
    })));
    this.check();
    return values;
  }

  check() { if (this.signal?.aborted) throw new DOMException("nobody waits any more", "AbortError"); }

  #told() { if (!this.signal?.aborted) this.tell?.({ done: this.#done, total: this.#total }); }
}
