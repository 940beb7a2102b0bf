/* Which record, row and field a cell is: numbers only, nothing is stored for a cell (docs/search.md). */
export class Places {
  /* `rows` is the number of rows of each record; `head` and `row` are the fields of a record and of a row; the numbers
     that a record takes are a multiple of `step`. */
  constructor({ head, row, step }, rows) {
    const field = ([key, label, rank]) => ({ key, label, rank });
    this.head = head.map(field);
    this.row = row.map(field);
    this.records = rows.length;
    /* where each record's cells and rows begin, and one more for the end */
    this.cellStarts = new Int32Array(rows.length + 1);
    this.rowStarts = new Int32Array(rows.length + 1);
    for (const [record, count] of rows.entries()) {
      this.rowStarts[record + 1] = this.rowStarts[record] + count;
      this.cellStarts[record + 1] = this.cellStarts[record] + Math.ceil((head.length + row.length * count) / step) * step;
    }
  }

  get cells() { return this.cellStarts[this.records]; }

  get rows() { return this.rowStarts[this.records]; }

  recordOfCell(cell) { return last(this.cellStarts, cell); }

  recordOfRow(row) { return last(this.rowStarts, row); }

  /* The record of a cell, its row there (-1: none, it is of the head), and its column. */
  of(cell, record = this.recordOfCell(cell)) {
    const place = cell - this.cellStarts[record] - this.head.length;
    if (place < 0) return { record, row: -1, column: place + this.head.length };
    return { record, row: Math.floor(place / this.row.length), column: place % this.row.length };
  }
}

/* The last place whose start is not beyond `number`. */
export const last = (starts, number) => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= number) low = middle;
    else high = middle - 1;
  }
  return low;
};
