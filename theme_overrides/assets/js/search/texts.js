/* The printed words of records, from the text files of their centres (docs/search.md). */
import { last } from "./places.js";

export class Texts {
  #store;
  #centres;
  #names;
  /* where each centre's records and text files begin */
  #records = [0];
  #files = [0];

  constructor(store, { centres, records, names }) {
    this.#store = store;
    this.#centres = centres;
    this.#names = names;
    for (const [centre, count] of records.entries()) {
      this.#records.push(this.#records[centre] + count);
      this.#files.push(this.#files[centre] + Math.ceil(count / store.index.block));
    }
  }

  async of(record) {
    const { block } = this.#store.index;
    const centre = last(this.#records, record);
    const place = record - this.#records[centre];
    const name = this.#names[this.#files[centre] + Math.floor(place / block)];
    return (await this.#store.text(this.#centres[centre], name))[place % block];
  }
}
