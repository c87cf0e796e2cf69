import { randomUUID } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';

interface Item<T> {
  readonly value: T;
  readonly untilMs: number;
  readonly weight: number;
}

/** Things the page names by a token while they stay in main: the last few, for a while. */
export class Held<T> {
  readonly #clock: Clock;
  readonly #what: string;
  readonly #hint: string;
  readonly #maxWeight: number;
  readonly #items = new Map<string, Item<T>>();

  /** `what` begins the sentence of the failure: `This preview`. Above `maxWeight` the oldest go; the newest stays. */
  constructor(clock: Clock, what: string, hint = 'Start again.', maxWeight = Infinity) {
    this.#clock = clock;
    this.#what = what;
    this.#hint = hint;
    this.#maxWeight = maxWeight;
  }

  /** Keeps a value and returns its token. */
  keep(value: T, weight = 0): string {
    const token = randomUUID();
    this.#put(token, { value, untilMs: this.#clock.monotonic() + KEEP_MS, weight });
    return token;
  }

  /** Undefined for an unknown or old token. */
  find(token: string): T | undefined {
    return this.#items.has(token) ? this.get(token) : undefined;
  }

  /** Throws Failed `not-found` for an unknown or old token. */
  get(token: string): T {
    return this.#item(token).value;
  }

  /**
   * Does what the value is for, once: while it is done and after it is done the token is unknown. When it failed, the
   * token may be used again until it is too old.
   */
  async use<R>(token: string, deed: (value: T) => Promise<R>): Promise<R> {
    const item = this.#item(token);
    this.#items.delete(token);
    try {
      return await deed(item.value);
    } catch (error) {
      this.#put(token, item);
      throw error;
    }
  }

  drop(token: string): void {
    this.#items.delete(token);
  }

  clear(): void {
    this.#items.clear();
  }

  #put(token: string, item: Item<T>): void {
    this.#items.set(token, item);
    let all = [...this.#items.values()].reduce((sum, { weight }) => sum + weight, 0);
    for (const [oldest, { weight }] of this.#items) {
      if (oldest === token || (this.#items.size <= MOST && all <= this.#maxWeight)) return;
      this.#items.delete(oldest);
      all -= weight;
    }
  }

  #item(token: string): Item<T> {
    const item = this.#items.get(token);
    if (item && item.untilMs >= this.#clock.monotonic()) return item;
    this.#items.delete(token);
    throw new Failed({ code: 'not-found', message: `${this.#what} was used or is too old.`, hint: this.#hint });
  }
}

const KEEP_MS = 15 * 60_000;
const MOST = 20;
