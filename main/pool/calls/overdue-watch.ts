import type { Clock } from '../../lib/clock.ts';

/** Calls are looked at this often, so an overdue one is noticed at most one and a half of these late. */
const TICK_MS = 50;

interface Waiting {
  ticksLeft: number;
  readonly onOverdue: () => void;
}

/**
 * Tells calls that they have waited long enough. Counts ticks, not time: while this process stands still (busy, or asleep) no
 * answer can be read, so a standstill is one tick however long it is. Nothing runs while nobody waits.
 */
export class OverdueWatch {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #cancelTick: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `onOverdue` once, after `ms` or a little more. Returns how to stop waiting. */
  wait(ms: number, onOverdue: () => void): () => void {
    // The first tick may come at once.
    const waiting = { ticksLeft: Math.ceil(ms / TICK_MS) + 1, onOverdue };
    this.#waiting.add(waiting);
    if (this.#cancelTick === undefined) this.#schedule();
    return () => {
      this.#waiting.delete(waiting);
    };
  }

  /** Ends it: nobody is told anything any more. */
  close(): void {
    this.#waiting.clear();
    this.#cancelTick?.();
    this.#cancelTick = undefined;
  }

  #schedule(): void {
    this.#cancelTick = this.#clock.after(TICK_MS, () => {
      this.#cancelTick = undefined;
      if (this.#waiting.size > 0) this.#schedule();
      for (const waiting of [...this.#waiting]) {
        waiting.ticksLeft -= 1;
        if (waiting.ticksLeft > 0) continue;
        this.#waiting.delete(waiting);
        waiting.onOverdue();
      }
    });
  }
}
