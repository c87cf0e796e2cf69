import type { Clock } from '../../lib/clock.ts';
import type { PoolLimits } from '../limits.ts';
import { OverdueWatch } from './overdue-watch.ts';
import type { MethodClass } from './retry.ts';
import { UsualTimes } from './usual-times.ts';

/** What every read adds to the bucket: at most one read in twenty is asked twice, over time. */
const EARNED = 0.05;

/** What the bucket holds, and begins with: an endpoint that freezes holds up many reads at once. */
const BURST = 64;

/** Subjects that were slow at two endpoints and have not been asked about since. */
const MOST_SLOW = 10_000;

type HedgingLimits = Pick<PoolLimits, 'overdueLeastMs' | 'overdueTimes' | 'overdueUnknownMs'>;

/**
 * Decides which reads may be asked a second time, of another endpoint, when their answer is overdue. A read changes nothing, so
 * the second question costs only work; a bucket bounds that work, and a subject that is slow at two endpoints is slow itself:
 * the next read about it is not asked twice.
 */
export class Hedging {
  readonly #limits: HedgingLimits;
  readonly #watch: OverdueWatch;
  readonly #usual = new UsualTimes();
  readonly #slow = new Set<string>();
  #tokens = BURST;

  constructor(clock: Clock, limits: HedgingLimits) {
    this.#watch = new OverdueWatch(clock);
    this.#limits = limits;
  }

  /** A call begins: after how many milliseconds its answer is overdue, or undefined if it is not to be asked twice. */
  overdueAfterMs(methodClass: MethodClass, method: string, about: string): number | undefined {
    if (methodClass !== 'read') return undefined;
    this.#tokens = Math.min(BURST, this.#tokens + EARNED);
    if (this.#slow.delete(about)) return undefined;
    const { overdueLeastMs, overdueTimes, overdueUnknownMs } = this.#limits;
    const usualMs = this.#usual.of(method, about);
    return usualMs === undefined ? overdueUnknownMs : Math.max(overdueLeastMs, overdueTimes * usualMs);
  }

  /** See {@link OverdueWatch.wait}. */
  wait(ms: number, onOverdue: () => void): () => void {
    return this.#watch.wait(ms, onOverdue);
  }

  /** Takes what one second question costs; false if there is not enough left. */
  spend(): boolean {
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** An answer began after so many milliseconds at one endpoint. */
  answered(method: string, about: string, tookMs: number): void {
    this.#usual.add(method, about, tookMs);
  }

  /** The second endpoint was no quicker: not the first one is slow, but what was asked about. */
  wasInVain(about: string): void {
    if (this.#slow.size < MOST_SLOW) this.#slow.add(about);
  }

  /** Ends it: no call becomes overdue any more. */
  close(): void {
    this.#watch.close();
  }
}
