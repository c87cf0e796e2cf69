import { untilAborted } from '../../../lib/until-aborted.ts';

/**
 * A queue with one reader that keeps only the newest item of each key: a slow reader misses what lay between, never the
 * last state. Items without a key are all kept.
 */
export class NewestByKey<T> implements AsyncIterable<T> {
  /** In the order they were last pushed, with what each weighs. */
  #items = new Map<string | symbol, { readonly item: T; readonly weight: number }>();
  readonly #maxWeight: number;
  #weight = 0;
  #waiters: (() => void)[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  /** `room` waits while items weigh more than this together. */
  constructor(maxWeight = Infinity) {
    this.#maxWeight = maxWeight;
  }

  push(item: T, key: string | symbol = Symbol('kept'), weight = 1): void {
    if (this.#isEnded) return;
    this.#remove(key);
    this.#items.set(key, { item, weight });
    this.#weight += weight;
    this.#wake?.();
  }

  /** Resolves when there is room for more, or nobody reads any longer. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#weight > this.#maxWeight && !this.#isEnded && !signal.aborted) {
      await untilAborted(signal, (resolve) => {
        this.#waiters.push(resolve);
      });
    }
  }

  /** The reader gets what is queued, then the end. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
    this.#releaseWaiters();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = this.#items.entries().next();
      if (next.done !== true) {
        const [key, { item }] = next.value;
        this.#remove(key);
        if (this.#weight <= this.#maxWeight) this.#releaseWaiters();
        yield item;
        continue;
      }
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #remove(key: string | symbol): void {
    this.#weight -= this.#items.get(key)?.weight ?? 0;
    this.#items.delete(key);
  }

  #releaseWaiters(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const release of waiters) release();
  }
}
