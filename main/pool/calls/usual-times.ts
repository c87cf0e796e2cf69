/** How much the newest answer counts: less when it is slower, since what is usual is not what happened once. */
const WEIGHT = { slower: 0.25, quicker: 0.5 };

/** Pairs of method and subject that are remembered: a hundred methods on a hundred nodes, or ten on a thousand. */
const MOST_PAIRS = 10_000;

/**
 * How long until the first sign of an answer, by method and by what the call is about. A method that was never asked about this
 * subject is taken to be as quick as it is about others.
 */
export class UsualTimes {
  /** Oldest first. */
  readonly #ofPair = new Map<string, number>();
  /** As many as there are methods. */
  readonly #ofMethod = new Map<string, number>();

  /** Milliseconds; undefined for a method that was never answered. */
  of(method: string, about: string): number | undefined {
    return this.#ofPair.get(pair(method, about)) ?? this.#ofMethod.get(method);
  }

  /** An answer began after so many milliseconds. */
  add(method: string, about: string, tookMs: number): void {
    const key = pair(method, about);
    this.#ofPair.set(key, moved(this.#ofPair.get(key), tookMs));
    this.#ofMethod.set(method, moved(this.#ofMethod.get(method), tookMs));
    if (this.#ofPair.size <= MOST_PAIRS) return;
    for (const oldest of this.#ofPair.keys()) {
      this.#ofPair.delete(oldest);
      return;
    }
  }
}

const pair = (method: string, about: string): string => `${method} ${about}`;

const moved = (known: number | undefined, tookMs: number): number =>
  known === undefined ? tookMs : known + (tookMs > known ? WEIGHT.slower : WEIGHT.quicker) * (tookMs - known);
