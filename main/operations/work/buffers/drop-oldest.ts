import { Chain, type ChainLink } from './chain.ts';
import type { Kept } from './backlog.ts';

interface Entry<T> {
  item: T;
  readonly weight: number;
  /** Who told it; undefined for what is never dropped. */
  readonly key: string | undefined;
}

/**
 * Stays live: when more waits than `maxWeight`, the oldest items that have a key are dropped, whoever told them. In the place
 * of those of one key stands one mark that counts them, so that the reader is told where something is missing and how much.
 * Items without a key, and marks, are never dropped.
 */
export class DropOldest<T> implements Kept<T> {
  readonly #maxWeight: number;
  readonly #mark: (key: string, dropped: T, before: T | undefined) => T;
  readonly #order = new Chain<Entry<T>>();
  /** In the same order, those that may be dropped. */
  readonly #droppable = new Chain<ChainLink<Entry<T>>>();
  readonly #marks = new Map<string, ChainLink<Entry<T>>>();
  weight = 0;

  /** `mark` makes the mark of a key after one more of its items was dropped; `before` is the one it takes the place of. */
  constructor(maxWeight: number, mark: (key: string, dropped: T, before: T | undefined) => T) {
    this.#maxWeight = maxWeight;
    this.#mark = mark;
  }

  put(item: T, weight: number, key: string | undefined): void {
    const link = this.#order.append({ item, weight: key === undefined ? 0 : weight, key });
    if (key === undefined) return;
    this.#droppable.append(link);
    this.weight += weight;
    while (this.weight > this.#maxWeight && this.#droppable.first !== undefined) this.#dropFirst();
  }

  take(): T | undefined {
    const { first } = this.#order;
    if (first === undefined) return undefined;
    const { item, weight, key } = first.value;
    this.#order.remove(first);
    this.weight -= weight;
    // What may be dropped stands there in the same order, so it is the first there, too.
    if (this.#droppable.first?.value === first) this.#droppable.remove(this.#droppable.first);
    else if (key !== undefined) this.#marks.delete(key);
    return item;
  }

  #dropFirst(): void {
    const { first } = this.#droppable;
    if (first === undefined) return;
    this.#droppable.remove(first);
    const link = first.value;
    const { item, weight, key = '' } = link.value;
    this.weight -= weight;
    const known = this.#marks.get(key);
    if (known !== undefined) {
      known.value.item = this.#mark(key, item, known.value.item);
      this.#order.remove(link);
      return;
    }
    link.value = { item: this.#mark(key, item, undefined), weight: 0, key };
    this.#marks.set(key, link);
  }
}
