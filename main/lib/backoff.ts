/** How long to wait between failed tries. */
export interface BackoffLimits {
  /** Delay after the first failure. */
  readonly firstMs: number;
  /** Each further failure multiplies by this. */
  readonly factor: number;
  /** Share by which the delay varies, so that many clients do not come back together. */
  readonly jitter: number;
  /** Never more than this, jitter included. */
  readonly ceilingMs: number;
}

/** The gRPC connection backoff (1 s × 1.6, jitter 0.2) with a ceiling a person can wait for instead of 120 s. */
export const DEFAULT_BACKOFF: BackoffLimits = { firstMs: 1000, factor: 1.6, jitter: 0.2, ceilingMs: 30_000 };

/**
 * Delay before the next try. `failures` counts failures in a row (1 = the first); `random` is in [0, 1).
 */
export function backoffMs(failures: number, random: number, limits: BackoffLimits): number {
  const exponent = Math.max(0, Math.min(failures - 1, 64));
  const base = Math.min(limits.firstMs * limits.factor ** exponent, limits.ceilingMs);
  const varied = base * (1 + limits.jitter * (2 * random - 1));
  return Math.min(Math.round(varied), limits.ceilingMs);
}
