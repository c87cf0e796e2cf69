import { Chain, type ChainLink } from './chain.ts';
import type { Kept } from './backlog.ts';

interface Entry<T> {
  readonly item: T;
  readonly weight: number;
  readonly key: string | undefined;
}

/**
 * Only the newest item of each key, in the order they were last put: a slow reader misses what lay between, never the last
 * state. Items without a key are all kept.
 */
export class NewestByKey<T> implements Kept<T> {
  readonly #order = new Chain<Entry<T>>();
  readonly #byKey = new Map<string, ChainLink<Entry<T>>>();
  weight = 0;

  put(item: T, weight: number, key: string | undefined): void {
    const older = key === undefined ? undefined : this.#byKey.get(key);
    if (older !== undefined) this.#remove(older);
    const link = this.#order.append({ item, weight, key });
    if (key !== undefined) this.#byKey.set(key, link);
    this.weight += weight;
  }

  take(): T | undefined {
    const { first } = this.#order;
    if (first !== undefined) this.#remove(first);
    return first?.value.item;
  }

  #remove(link: ChainLink<Entry<T>>): void {
    this.#order.remove(link);
    this.weight -= link.value.weight;
    if (link.value.key !== undefined) this.#byKey.delete(link.value.key);
  }
}
