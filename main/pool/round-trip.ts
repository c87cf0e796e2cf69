/** What the sparkline shows. */
export const HISTORY = 60;

/** How many of the last answers the estimate looks at. */
export const WINDOW = 8;

/** How long the last answers of an endpoint took. Asked at every pick, so nothing is copied or sorted for an answer. */
export class RoundTrips {
  /** A ring: the oldest is overwritten. */
  readonly #ring: number[] = [];
  #count = 0;
  #leastMs: number | undefined;

  /**
   * The endpoint's round trip: the quickest of the last answers; undefined before the first. A call's duration includes the
   * node behind the endpoint, so one slow node must not count against the endpoint; an endpoint that is slow itself has no
   * quick answers.
   */
  get leastMs(): number | undefined {
    return this.#leastMs;
  }

  /** The last ones, newest last. */
  get samplesMs(): readonly number[] {
    if (this.#count <= HISTORY) return [...this.#ring];
    const oldest = this.#count % HISTORY;
    return [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)];
  }

  /** Adds the duration of an answered call. */
  add(sampleMs: number): void {
    this.#ring[this.#count % HISTORY] = Math.max(0, sampleMs);
    this.#count += 1;
    let leastMs = Infinity;
    for (let back = 1; back <= Math.min(WINDOW, this.#count); back += 1) {
      leastMs = Math.min(leastMs, this.#ring[(this.#count - back) % HISTORY] ?? Infinity);
    }
    this.#leastMs = leastMs;
  }
}
