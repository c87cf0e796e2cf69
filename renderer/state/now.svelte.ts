import { createSubscriber } from 'svelte/reactivity';

const MINUTE_MS = 60_000;

/**
 * The present moment as state. It moves only while something on screen reads it: each second for ages, each minute for
 * days left, and not at all otherwise.
 */
export class Now {
  #second = $state(0);
  #minute = $state(0);
  #minuteMs = -Infinity;
  #moment = $state(0);
  readonly #useMoment: () => void;
  readonly #useSecond: () => void;
  readonly #useMinute: () => void;
  readonly #read: () => number;

  constructor(read: () => number = () => Date.now()) {
    this.#read = read;
    this.#useMoment = createSubscriber(() => ticking(250, () => (this.#moment += 1)));
    this.#useSecond = createSubscriber(() => ticking(1000, () => (this.#second += 1)));
    this.#useMinute = createSubscriber(() => ticking(MINUTE_MS, () => (this.#minute += 1)));
  }

  /** Epoch milliseconds of this moment, for what is no state: reading it makes nothing move. */
  untrackedMs(): number {
    return this.#read();
  }

  /** Epoch milliseconds, at most a quarter of a second old: for what must not be shown a second too long. */
  get momentMs(): number {
    this.#useMoment();
    void this.#moment;
    return this.#read();
  }

  /** Epoch milliseconds, at most a second old. */
  get secondMs(): number {
    this.#useSecond();
    void this.#second;
    return this.#read();
  }

  /** Epoch milliseconds, at most a minute old; the same for everything on screen, so that no two places count other days. */
  get minuteMs(): number {
    this.#useMinute();
    void this.#minute;
    const nowMs = this.#read();
    if (!(nowMs >= this.#minuteMs && nowMs < this.#minuteMs + MINUTE_MS)) this.#minuteMs = nowMs;
    return this.#minuteMs;
  }
}

function ticking(everyMs: number, tick: () => void): () => void {
  const timer = setInterval(tick, everyMs);
  return () => clearInterval(timer);
}
