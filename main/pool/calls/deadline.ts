import type { Clock } from '../../lib/clock.ts';

/** One deadline for a whole operation: waiting, connecting and every try come out of the same time. */
export class Deadline {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #deadlineMs: number;

  /** `deadlineMs` counts from now; `Infinity` for none. */
  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock;
    this.#startMs = clock.monotonic();
    this.#deadlineMs = deadlineMs;
  }

  get elapsedMs(): number {
    return this.#clock.monotonic() - this.#startMs;
  }

  /** Never below zero. */
  get remainingMs(): number {
    return Math.max(0, this.#deadlineMs - this.elapsedMs);
  }
}
