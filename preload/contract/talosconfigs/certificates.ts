/** What can be said about a certificate without its key. Times are epoch milliseconds. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Organization values: Talos roles, sorted bytewise; unknown ones are kept. */
  readonly roles: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly serial: string;
}

/** Days before the end of a certificate at which its user is warned, the furthest first. */
export const CERTIFICATE_WARNING_DAYS = [30, 14, 7, 1] as const;

/** When a certificate is valid, epoch milliseconds; the beginning only where it is known. */
export interface ValidityDates {
  readonly notBeforeMs?: number;
  readonly notAfterMs: number;
}

/** Clocks differ by this without anybody noticing: what begins within it has begun. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Where a certificate stands at a moment: `early` is not valid yet, which is not `ended`. */
export interface Validity {
  readonly state: 'early' | 'valid' | 'ended';
  /** Whole days until its end; negative once it has passed. */
  readonly days: number;
  /** Whole hours until its end. */
  readonly hours: number;
}

/** The one judgement of time left that every screen, notice and sentence uses. */
export function validityOf({ notBeforeMs, notAfterMs }: ValidityDates, nowMs: number): Validity {
  const leftMs = notAfterMs - nowMs;
  const isEarly = notBeforeMs !== undefined && notBeforeMs > nowMs + CLOCK_TOLERANCE_MS;
  return {
    state: leftMs <= 0 ? 'ended' : isEarly ? 'early' : 'valid',
    days: Math.floor(leftMs / DAY_MS),
    hours: Math.floor(leftMs / HOUR_MS),
  };
}

/** The nearest of {@link CERTIFICATE_WARNING_DAYS} that has passed; `ended` after the end, undefined while none has. */
export function warningOf(
  dates: ValidityDates,
  nowMs: number,
): 'ended' | (typeof CERTIFICATE_WARNING_DAYS)[number] | undefined {
  const { state, days } = validityOf(dates, nowMs);
  return state === 'ended' ? 'ended' : CERTIFICATE_WARNING_DAYS.findLast((threshold) => days < threshold);
}
