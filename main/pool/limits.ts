import { DEFAULT_BACKOFF, type BackoffLimits } from '../lib/backoff.ts';

/** Every number the pool goes by. */
export interface PoolLimits {
  /** A connection that is not up after this lets the next endpoint be tried beside it. */
  readonly hedgeDelayMs: number;
  /** A connection that is not up after this counts as failed. */
  readonly connectTimeoutMs: number;
  readonly backoff: BackoffLimits;
  /** A call that arrives while everything is down tries an endpoint again at once if its last try is at least this old. */
  readonly retryNowMs: number;
  /** The answer of a read is never overdue before this. */
  readonly overdueLeastMs: number;
  /** It is after so many times what the same method usually takes about the same subject … */
  readonly overdueTimes: number;
  /** … or after this, while the method was never answered. */
  readonly overdueUnknownMs: number;
  /** A connection with a pending call that brings no byte for this long is probed. */
  readonly silenceMs: number;
  /** While probes are answered (a slow node, a quiet log), the next silence may last twice as long, up to this. */
  readonly silenceCeilingMs: number;
  /** A probe without an answer after this ejects the endpoint. */
  readonly probeTimeoutMs: number;
  /** A stream that breaks sooner than this after it began, for the second time in a row, waits before it goes on. */
  readonly streamSteadyMs: number;
  readonly streamBackoff: BackoffLimits;
  /** A stream that broke waits this long for an endpoint to come back before it fails. */
  readonly resumeWithinMs: number;
  /** Connections of a pool without calls close after this. */
  readonly idleAfterMs: number;
  /** Calls of a pool that was replaced may take this long to end, unless they may not run twice: those take their time. */
  readonly retireWithinMs: number;
  /** Bulk connections without calls close after this. */
  readonly bulkIdleAfterMs: number;
  /** Largest message accepted; Talos's own limit. */
  readonly maxReceiveBytes: number;
  /** HTTP/2 window of calls and logs: a paused stream may hold this much memory. */
  readonly windowBytes: number;
  /** HTTP/2 window of bulk transfers: carries a full line at long round trips. */
  readonly bulkWindowBytes: number;
}

const MIB = 1024 * 1024;

/** What the app runs with; tests pass shorter times. */
export const DEFAULT_LIMITS: PoolLimits = {
  hedgeDelayMs: 250,
  connectTimeoutMs: 10_000,
  backoff: DEFAULT_BACKOFF,
  retryNowMs: 1000,
  overdueLeastMs: 150,
  overdueTimes: 3,
  overdueUnknownMs: 500,
  silenceMs: 1000,
  silenceCeilingMs: 16_000,
  probeTimeoutMs: 2000,
  streamSteadyMs: 5000,
  streamBackoff: { firstMs: 100, factor: 2, jitter: 0.2, ceilingMs: 5000 },
  resumeWithinMs: 60_000,
  idleAfterMs: 5 * 60_000,
  retireWithinMs: 60_000,
  bulkIdleAfterMs: 60_000,
  maxReceiveBytes: 32 * MIB,
  windowBytes: MIB,
  bulkWindowBytes: 8 * MIB,
};
