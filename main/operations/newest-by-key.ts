/**
 * A queue with one reader that keeps only the newest item of each key: a slow reader misses what lay between, never the
 * last state. Items without a key are all kept.
 */
export class NewestByKey<T> implements AsyncIterable<T> {
  /** In the order they were last pushed. */
  #items = new Map<string | symbol, T>();
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(item: T, key: string | symbol = Symbol('kept')): void {
    if (this.#isEnded) return;
    this.#items.delete(key);
    this.#items.set(key, item);
    this.#wake?.();
  }

  /** The reader gets what is queued, then the end. */
  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const next = this.#items.entries().next();
      if (next.done !== true) {
        const [key, item] = next.value;
        this.#items.delete(key);
        yield item;
        continue;
      }
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
