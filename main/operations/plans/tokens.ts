import { randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';

/** What a shelf holds, in words, and how long. */
export interface ShelfOptions {
  /** Begins the sentence of the failure: `This preview`. */
  readonly what: string;
  /** What to do instead, one sentence. Default: `Start again.` */
  readonly hint?: string;
  /** True: what was kept before the computer slept is not used after it. Default: false. */
  readonly endsAtSleep?: boolean;
  /** True: each look at it begins its time anew. Default: false. */
  readonly isRenewed?: boolean;
}

/** Things of one kind which the page names by a token while they stay in main. Tokens of another shelf are unknown here. */
export interface Shelf<T> {
  /** Keeps a value and returns its token. `weight`: characters, about. */
  keep(value: T, weight?: number): string;
  /** Undefined for an unknown or old token. */
  find(token: string): T | undefined;
  /** Throws Failed `not-found` for an unknown or old token. */
  get(token: string): T;
  /**
   * Does what the value is for, once: while it is done and after it is done the token is unknown. When it failed, the
   * token may be used again until it is too old, unless `isSpent` says of the value that too much was done for that.
   * Throws as `get`, and what `deed` throws.
   */
  use<R>(token: string, deed: (value: T) => Promise<R>, isSpent?: () => boolean): Promise<R>;
}

interface Item {
  readonly shelf: ShelfOptions;
  readonly value: unknown;
  readonly weight: number;
  readonly untilMs: number;
  /** Wall clock minus monotonic clock when it was kept: another one later means that the computer slept. */
  readonly offsetMs: number;
}

/**
 * The one store of tokens: plans and what they are made of, the last few of each kind, for a while. Above the bounds the
 * one goes that was not looked at for longest; the newest stays, whatever it weighs.
 */
export class Tokens {
  readonly #clock: Clock;
  readonly #items = new Map<string, Item>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A shelf for things of one kind; lives as long as the store. */
  shelf<T>(options: ShelfOptions): Shelf<T> {
    const get = (token: string): T => this.#touched(token, options).value as T;
    return {
      keep: (value, weight = 0) => this.#keep(options, value, weight),
      get,
      find: (token) => (this.#isOf(token, options) ? get(token) : undefined),
      use: async (token, deed, isSpent = () => false) => {
        const item = this.#touched(token, options);
        this.#items.delete(token);
        const era = this.#era;
        try {
          return await deed(item.value as T);
        } catch (error) {
          if (!isSpent() && era === this.#era) this.#put(token, item);
          throw error;
        }
      },
    };
  }

  /** Forgets everything, also what is being used now: it was made for files and clusters that are not worked on any more. */
  clear(): void {
    this.#era += 1;
    this.#items.clear();
  }

  #era = 0;

  #keep(shelf: ShelfOptions, value: unknown, weight: number): string {
    const token = randomUUID();
    const untilMs = this.#clock.monotonic() + KEEP_MS;
    this.#put(token, { shelf, value, weight, untilMs, offsetMs: this.#offset() });
    return token;
  }

  #isOf(token: string, shelf: ShelfOptions): boolean {
    return this.#items.get(token)?.shelf === shelf;
  }

  /** The item of a token, now the one that was looked at last. */
  #touched(token: string, shelf: ShelfOptions): Item {
    const item = this.#isOf(token, shelf) ? this.#items.get(token) : undefined;
    const { what, hint = 'Start again.' } = shelf;
    if (item === undefined || item.untilMs < this.#clock.monotonic()) {
      if (item !== undefined) this.#items.delete(token);
      throw new Failed({ code: 'not-found', message: `${what} was used or is too old.`, hint });
    }
    this.#items.delete(token);
    if (shelf.endsAtSleep === true && Math.abs(this.#offset() - item.offsetMs) > JUMP_MS) {
      throw new Failed({ code: 'not-found', message: `${what} is from before this computer slept.`, hint });
    }
    this.#items.set(token, shelf.isRenewed === true ? { ...item, untilMs: this.#clock.monotonic() + KEEP_MS } : item);
    return item;
  }

  #put(token: string, item: Item): void {
    this.#items.set(token, item);
    const tooMany = [...this.#items].filter(([, { shelf }]) => shelf === item.shelf).slice(0, -MOST);
    for (const [old] of tooMany) this.#items.delete(old);
    let all = [...this.#items.values()].reduce((sum, { weight }) => sum + weight, 0);
    for (const [oldest, { weight }] of this.#items) {
      if (oldest === token || all <= MAX_WEIGHT) return;
      this.#items.delete(oldest);
      all -= weight;
    }
  }

  #offset(): number {
    return this.#clock.now() - this.#clock.monotonic();
  }
}

const KEEP_MS = 15 * 60_000;
/** Per shelf. */
const MOST = 20;
/** Characters: what was looked at and the plan made of it, at most 96 Mi each. */
const MAX_WEIGHT = 192 * 1024 * 1024;
/** A clock that is corrected moves less while a plan is kept; one that was asleep jumps. */
const JUMP_MS = 5_000;
