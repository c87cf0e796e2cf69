import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';

const LOOK_EVERY_MS = 100;

/** How late the timers of this computer are, all together: what took too long meanwhile says more of it than of a cluster. */
export class Lateness {
  readonly stop: () => void;
  readonly #clock: Clock;
  #lateMs = 0;
  #dueMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#dueMs = clock.monotonic() + LOOK_EVERY_MS;
    this.stop = every(clock, LOOK_EVERY_MS, () => {
      this.#lateMs = this.totalMs;
      this.#dueMs = clock.monotonic() + LOOK_EVERY_MS;
    });
  }

  /** Since it was made. */
  get totalMs(): number {
    return this.#lateMs + Math.max(0, this.#clock.monotonic() - this.#dueMs);
  }
}
