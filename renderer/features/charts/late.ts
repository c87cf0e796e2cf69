/** Beyond its interval, so much later a sample is missing. */
const GRACE_MS = 1500;

/** Whether a new sample should have come by now: what is shown is no longer of now. */
export const isLate = (lastAtMs: number, everyMs: number, nowMs: number): boolean =>
  nowMs - lastAtMs > everyMs + GRACE_MS;
