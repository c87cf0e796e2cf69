/** At most `limit` requests in any window of `windowMs` per sender: a page gone wild must not starve main. */
export class RateCap {
  readonly #recent = new Map<number, number[]>();
  readonly #limit: number;
  readonly #windowMs: number;

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Counts one request; false when it is one too many. */
  allows(senderId: number, nowMs: number): boolean {
    const kept = (this.#recent.get(senderId) ?? []).filter((at) => at > nowMs - this.#windowMs);
    if (kept.length >= this.#limit) {
      this.#recent.set(senderId, kept);
      return false;
    }
    kept.push(nowMs);
    this.#recent.set(senderId, kept);
    return true;
  }

  /** Forget a closed window. */
  forget(senderId: number): void {
    this.#recent.delete(senderId);
  }
}
