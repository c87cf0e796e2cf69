import { formatAgo } from '../../preload/contract/format/durations.ts';
import { formatDate } from '../../preload/contract/format/moments.ts';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import { validityOf, type Validity, type ValidityDates } from '../../preload/contract/talosconfigs/certificates.ts';

/** How values are written: as main writes them. */
export { DAY_MS, formatAgo, formatDuration, formatSpan } from '../../preload/contract/format/durations.ts';
export {
  formatClock,
  formatDate,
  formatMoment,
  formatTime,
  showTimesIn,
  type DateForm,
} from '../../preload/contract/format/moments.ts';
export { formatNumber, formatPercent, listOf, plural } from '../../preload/contract/format/numbers.ts';
export { formatBytes } from '../../preload/contract/format/sizes.ts';

/** A text without the ages in it, which change by the second: for what is read aloud when something else changes. */
export function withoutAges(text: string): string {
  return text.replace(/,? ?(?:just now|\b\d+ (?:s|min|h|d) ago)/g, '');
}

/** How urgent a certificate's end is: amber at 30 days, red at 7. */
export type Urgency = 'ok' | 'warn' | 'bad';

export interface Remaining {
  readonly state: Validity['state'];
  /** `212 d`, `5 h`, `expired 3 d ago`, `valid from 3 Mar 2026`. */
  readonly text: string;
  /** The same where nothing else says that it is time left: `212 d left`. */
  readonly words: string;
  readonly urgency: Urgency;
}

const WARN_DAYS = 30;
const BAD_DAYS = 7;

/** What is left of a certificate. One that is not valid yet has not expired, and has nothing left either. */
export function remainingOf(dates: ValidityDates, nowMs: number): Remaining {
  const { state, days, hours } = validityOf(dates, nowMs);
  if (state !== 'valid') {
    const isEarly = state === 'early';
    const text = isEarly
      ? `valid from ${formatDate(dates.notBeforeMs ?? NaN)}`
      : `expired ${formatAgo(dates.notAfterMs, nowMs)}`;
    return { state, text, words: text, urgency: isEarly ? 'warn' : 'bad' };
  }
  const text = days >= 1 ? `${formatNumber(days)} d` : `${Math.max(1, hours)} h`;
  return { state, text, words: `${text} left`, urgency: days < BAD_DAYS ? 'bad' : days < WARN_DAYS ? 'warn' : 'ok' };
}
