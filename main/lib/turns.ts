import { setImmediate } from 'node:timers';

/** Work in small pieces goes on for so long before others have a turn. */
const SLICE_MS = 8;

/**
 * Parts one thread's time among everybody who has many small pieces to do: all of them together hold the event loop for one
 * slice, however many they are. (A slice for each would add up: answers of 64 nodes that arrive at once have their turns one
 * after the other.)
 */
class Turns {
  readonly #monotonic: () => number;
  readonly #waiting: (() => void)[] = [];
  #sliceEndsAt = -Infinity;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Resolves when the next piece may be done: at once within the current slice, else after others had their turn. */
  next(): Promise<void> | undefined {
    if (this.#waiting.length === 0 && this.#monotonic() < this.#sliceEndsAt) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length === 1) this.#giveSoon();
    });
  }

  /** One of those who wait gets the next slice; the others wait for further rounds of the event loop. */
  #giveSoon(): void {
    setImmediate(() => {
      this.#sliceEndsAt = this.#monotonic() + SLICE_MS;
      this.#waiting.shift()?.();
      if (this.#waiting.length > 0) this.#giveSoon();
    });
  }
}

/** Of the thread this runs in. */
export const turns = new Turns();
