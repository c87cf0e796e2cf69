import { createSubscriber } from 'svelte/reactivity';

/**
 * The present moment as state. It moves only while something on screen reads it: each second for ages, each minute for
 * days left, and not at all otherwise.
 */
export class Now {
  #second = $state(0);
  #minute = $state(0);
  readonly #useSecond: () => void;
  readonly #useMinute: () => void;
  readonly #read: () => number;

  constructor(read: () => number = () => Date.now()) {
    this.#read = read;
    this.#useSecond = createSubscriber(() => ticking(1000, () => (this.#second += 1)));
    this.#useMinute = createSubscriber(() => ticking(60_000, () => (this.#minute += 1)));
  }

  /** Epoch milliseconds, at most a second old. */
  get secondMs(): number {
    this.#useSecond();
    void this.#second;
    return this.#read();
  }

  /** Epoch milliseconds, at most a minute old. */
  get minuteMs(): number {
    this.#useMinute();
    void this.#minute;
    return this.#read();
  }
}

function ticking(everyMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, everyMs);
  return () => clearInterval(timer);
}
