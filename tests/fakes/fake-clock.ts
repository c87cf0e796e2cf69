import type { Clock } from '../../main/lib/clock.ts';

interface Timer {
  readonly at: number;
  readonly seq: number;
  readonly run: () => void;
}

/** A clock that moves only when told. `active` counts timers still waiting, for leak checks. */
export class FakeClock implements Clock {
  #nowMs: number;
  #sleptMs = 0;
  #seq = 0;
  readonly #timers = new Set<Timer>();

  constructor(startMs = 1_800_000_000_000) {
    this.#nowMs = startMs;
  }

  now = (): number => this.#nowMs + this.#sleptMs;
  monotonic = (): number => this.#nowMs;

  after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { at: this.#nowMs + delayMs, seq: this.#seq++, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** The computer sleeps: only the wall clock goes on, and no timer runs. */
  sleep(forMs: number): void {
    this.#sleptMs += forMs;
  }

  get active(): number {
    return this.#timers.size;
  }

  /** Runs every timer due within `byMs`, in order, including those that timers start. */
  advance(byMs: number): void {
    const end = this.#nowMs + byMs;
    for (;;) {
      const due = [...this.#timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at || a.seq - b.seq)[0];
      if (!due) break;
      this.#timers.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.at);
      due.run();
    }
    this.#nowMs = end;
  }
}
