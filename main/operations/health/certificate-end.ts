import { warningOf } from '../../../preload/contract/index.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Talos makes those of its own API anew each day, with hours to spare (docs/talos-behaviour.md, apid's certificate). */
const DAILY_MS = 2 * DAY_MS;
/** One that was nearer to its end when it was seen is not being renewed. */
export const SPARE_MS = HOUR_MS;
/** The furthest of the days at which one is warned. */
export const FIRST_WARNING_MS = 30 * DAY_MS;

/** From when until when a certificate is valid, epoch milliseconds. */
interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** How near to its end a certificate is, and since when it is so near. */
export interface CertificateEnd {
  readonly hasEnded: boolean;
  readonly severity: 'critical' | 'warning' | 'notice';
  readonly sinceMs: number;
}

/**
 * What there is to tell of a certificate's end; undefined while it is far. One that lives for a day or two is renewed all the time: of such
 * only what it was at `readAtMs` is known.
 */
export function certificateEnd(validity: Validity, readAtMs: number, nowMs: number): CertificateEnd | undefined {
  const { notBeforeMs, notAfterMs } = validity;
  if (notAfterMs - notBeforeMs <= DAILY_MS) {
    if (notAfterMs - readAtMs >= SPARE_MS) return undefined;
    const hasEnded = notAfterMs <= readAtMs;
    return { hasEnded, severity: hasEnded ? 'critical' : 'warning', sinceMs: notAfterMs - (hasEnded ? 0 : SPARE_MS) };
  }
  const warning = warningOf({ notAfterMs }, nowMs);
  if (warning === undefined) return undefined;
  if (warning === 'ended') return { hasEnded: true, severity: 'critical', sinceMs: notAfterMs };
  const severity = warning === 1 ? 'critical' : warning === 30 ? 'notice' : 'warning';
  return { hasEnded: false, severity, sinceMs: Math.max(notBeforeMs, notAfterMs - FIRST_WARNING_MS) };
}

/** Whether there is something to tell of it; see {@link certificateEnd}. */
export const isTold = (validity: Validity, readAtMs: number, nowMs: number): boolean =>
  certificateEnd(validity, readAtMs, nowMs) !== undefined;

/** `has ended`, `ends in 3 days`, `ends within the hour`. */
export function endWords({ notAfterMs }: Validity, { hasEnded }: CertificateEnd, nowMs: number): string {
  if (hasEnded) return 'has ended';
  const days = Math.floor((notAfterMs - nowMs) / DAY_MS);
  if (days > 0) return `ends in ${days === 1 ? '1 day' : `${days} days`}`;
  const hours = Math.floor((notAfterMs - nowMs) / HOUR_MS);
  return hours > 0 ? `ends in ${hours === 1 ? '1 hour' : `${hours} hours`}` : 'ends within the hour';
}
