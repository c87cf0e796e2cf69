/** Compares two lines by their place in the order. */
export type Compare = (a: number, b: number) => number;

/** Ids of lines in an order, in one growing array: merging a batch near the end moves only what comes after it. */
export class IdList {
  #ids = new Uint32Array(1024);
  count = 0;

  at(row: number): number {
    return this.#ids[row] ?? 0;
  }

  /** The first row that does not come before `isBefore`. */
  search(isBefore: (id: number) => boolean): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#ids[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The row of an id, or where it would be. */
  rowOf(id: number, compare: Compare): number {
    return this.search((other) => compare(other, id) < 0);
  }

  /**
   * Puts ids in that are in order among themselves; says how many of them that `counts` names came before one that was there.
   */
  merge(ids: Uint32Array | readonly number[], compare: Compare, counts: (id: number) => boolean = () => false): number {
    const added = ids.length;
    if (added === 0) return 0;
    this.#reserve(this.count + added);
    const all = this.#ids;
    let write = this.count + added - 1;
    let read = this.count;
    let late = 0;
    for (let index = added - 1; index >= 0; index -= 1) {
      const id = ids[index] ?? 0;
      const row = read === 0 || compare(all[read - 1] ?? 0, id) <= 0 ? read : this.#rowBefore(id, read, compare);
      // What comes after this one moves as a whole.
      if (row < read) all.copyWithin(write - (read - row) + 1, row, read);
      write -= read - row;
      read = row;
      all[write] = id;
      write -= 1;
      if (row < this.count && counts(id)) late += 1;
    }
    this.count += added;
    return late;
  }

  /** Takes out all below an id. */
  dropBelow(id: number): void {
    const all = this.#ids;
    let kept = 0;
    for (let row = 0; row < this.count; row += 1) {
      const one = all[row] ?? 0;
      if (one >= id) all[kept++] = one;
    }
    this.count = kept;
  }

  push(id: number): void {
    this.#reserve(this.count + 1);
    this.#ids[this.count++] = id;
  }

  sort(compare: Compare): void {
    this.#ids.subarray(0, this.count).sort(compare);
  }

  clear(): void {
    this.count = 0;
  }

  #rowBefore(id: number, end: number, compare: Compare): number {
    // Late lines are mostly a little late: steps back that double, then halves.
    let step = 16;
    let high = end - 1;
    let low = Math.max(0, high - step);
    while (low > 0 && compare(this.#ids[low] ?? 0, id) > 0) {
      high = low;
      step *= 2;
      low = Math.max(0, low - step);
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#ids[middle] ?? 0, id) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #reserve(count: number): void {
    if (count <= this.#ids.length) return;
    const grown = new Uint32Array(Math.max(count, Math.ceil(this.#ids.length * 1.5)));
    grown.set(this.#ids.subarray(0, this.count));
    this.#ids = grown;
  }
}
