import { untilAborted } from '../../../lib/until-aborted.ts';

/**
 * A queue with one reader: producers push without waiting, the reader iterates until the end. A producer of much waits
 * for `room`, so that a reader that is slow or does not read bounds what is kept.
 */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #maxWeight: number;
  #items: T[] = [];
  #weight = 0;
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;
  #waiters: (() => void)[] = [];

  /** `room` waits while items weigh more than this together. */
  constructor(maxWeight = Infinity) {
    this.#maxWeight = maxWeight;
  }

  push(item: T, weight = 1): void {
    if (this.#end !== undefined) return;
    this.#items.push(item);
    this.#weight += weight;
    this.#wake?.();
  }

  /** Resolves when there is room for more, or nobody reads any longer. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#weight > this.#maxWeight && this.#end === undefined && !signal.aborted) {
      await untilAborted(signal, (resolve) => {
        this.#waiters.push(resolve);
      });
    }
  }

  end(): void {
    this.#finish({});
  }

  /** The reader gets what is queued, then this error. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) {
        const items = this.#items;
        this.#items = [];
        this.#weight = 0;
        this.#releaseWaiters();
        yield* items;
        if (this.#items.length > 0) continue;
        if (this.#end !== undefined) {
          if ('error' in this.#end) throw this.#end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.end();
    }
  }

  #finish(end: { readonly error?: unknown }): void {
    this.#end ??= end;
    this.#wake?.();
    this.#releaseWaiters();
  }

  #releaseWaiters(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const release of waiters) release();
  }
}
