import { randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';

/** Things the page names by a token while they stay in main: the last few, for a while. */
export class Held<T> {
  readonly #clock: Clock;
  readonly #what: string;
  readonly #items = new Map<string, { readonly value: T; readonly untilMs: number }>();

  /** `what` begins the sentence of the failure: `This preview`. */
  constructor(clock: Clock, what: string) {
    this.#clock = clock;
    this.#what = what;
  }

  /** Keeps a value and returns its token. */
  keep(value: T): string {
    const token = randomUUID();
    this.#items.set(token, { value, untilMs: this.#clock.monotonic() + KEEP_MS });
    const oldest = this.#items.keys().next().value;
    if (this.#items.size > MOST && oldest !== undefined) this.#items.delete(oldest);
    return token;
  }

  /** Throws Failed `not-found` for an unknown or old token. */
  get(token: string): T {
    const item = this.#items.get(token);
    if (item && item.untilMs >= this.#clock.monotonic()) return item.value;
    this.#items.delete(token);
    throw new Failed({ code: 'not-found', message: `${this.#what} is too old.`, hint: 'Start again.' });
  }

  drop(token: string): void {
    this.#items.delete(token);
  }

  clear(): void {
    this.#items.clear();
  }
}

const KEEP_MS = 15 * 60_000;
const MOST = 20;
