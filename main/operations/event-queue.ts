/**
 * A queue with one reader: producers push without waiting, the reader iterates until `end`. For sources that make a
 * bounded number of items (a run makes at most a few per node), so it needs no bound of its own.
 */
export class EventQueue<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(item: T): void {
    if (this.#isEnded) return;
    this.#items.push(item);
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const items = this.#items;
      this.#items = [];
      yield* items;
      if (this.#items.length > 0) continue;
      if (this.#isEnded) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
