import { systemClock, type Clock } from '../../main/lib/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly run: () => void;
}

/** The system's clock, which can be moved ahead: for what waits minutes for something that is real. */
export class JumpClock implements Clock {
  #aheadMs = 0;
  readonly #timers = new Set<Timer>();

  now = (): number => systemClock.now() + this.#aheadMs;
  monotonic = (): number => systemClock.monotonic() + this.#aheadMs;

  after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { dueMs: this.monotonic() + delayMs, run };
    this.#timers.add(timer);
    const cancel = systemClock.after(delayMs, () => this.#ring(timer));
    return () => {
      this.#timers.delete(timer);
      cancel();
    };
  };

  /** So much time is over at once: whatever waited for less goes on. */
  jump(ms: number): void {
    this.#aheadMs += ms;
    const nowMs = this.monotonic();
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= nowMs).sort((one, other) => one.dueMs - other.dueMs);
    for (const timer of due) this.#ring(timer);
  }

  #ring(timer: Timer): void {
    if (this.#timers.delete(timer)) timer.run();
  }
}
