import type { Kept } from './backlog.ts';

/** Places that may stand empty at the front before the rest is moved up. */
const MOST_EMPTY = 1024;

/** Lossless: everything in order. What bounds it is that producers wait for room. */
export class EveryItem<T> implements Kept<T> {
  readonly #items: ({ readonly item: T; readonly weight: number } | undefined)[] = [];
  #head = 0;
  weight = 0;

  put(item: T, weight: number): void {
    this.#items.push({ item, weight });
    this.weight += weight;
  }

  take(): T | undefined {
    const first = this.#items[this.#head];
    if (first === undefined) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    this.weight -= first.weight;
    if (this.#head === this.#items.length || this.#head > MOST_EMPTY) {
      this.#items.splice(0, this.#head);
      this.#head = 0;
    }
    return first.item;
  }
}
