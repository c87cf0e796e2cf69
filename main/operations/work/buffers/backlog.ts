import { untilAborted } from '../../../lib/until-aborted.ts';

/** What is kept of that which its reader has not taken yet: one policy each, see `create-buffer.ts`. */
export interface Kept<T> {
  /** Of everything that is kept, in whatever the pushes weigh in. */
  readonly weight: number;
  /** Keeps an item; what it replaces or pushes out is the policy's business. */
  put(item: T, weight: number, key: string | undefined): void;
  /** The next item in order, which is kept no longer; undefined when there is none. */
  take(): T | undefined;
}

/**
 * Between those who have something to tell and one reader who may be slower: producers push without waiting, the reader
 * iterates until the end. A producer of much waits for `room`, so that a reader that does not read bounds what is kept.
 */
export class Backlog<T> implements AsyncIterable<T> {
  readonly #kept: Kept<T>;
  readonly #maxWeight: number;
  #end: { readonly error?: unknown } | undefined;
  #wake: (() => void) | undefined;
  #waiters: (() => void)[] = [];

  /** `room` waits while what is kept weighs more than `maxWeight`. */
  constructor(kept: Kept<T>, maxWeight = Infinity) {
    this.#kept = kept;
    this.#maxWeight = maxWeight;
  }

  /** Keeps an item for the reader; nothing after the end. Items of the same `key` are states of the same thing. */
  push(item: T, weight = 1, key?: string): void {
    if (this.#end !== undefined) return;
    this.#kept.put(item, weight, key);
    this.#wake?.();
  }

  /** Resolves when there is room for more, when nobody reads any longer, or when the signal aborts. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#kept.weight > this.#maxWeight && this.#end === undefined && !signal.aborted) {
      await untilAborted(signal, (resolve) => {
        this.#waiters.push(resolve);
      });
    }
  }

  /** The reader gets what is kept, then the end. */
  end(): void {
    this.#finish({});
  }

  /** The reader gets what is kept, then this error. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  /** For one reader. Leaving early ends it, and lets go of who waits for room. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) {
        const item = this.#kept.take();
        if (item !== undefined) {
          if (this.#waiters.length > 0 && this.#kept.weight <= this.#maxWeight) this.#releaseWaiters();
          yield item;
          continue;
        }
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
