import type { DATE_FORMS } from '../../preload/contract/settings/settings.ts';
import { validityOf, type Validity, type ValidityDates } from '../../preload/contract/talosconfigs/certificates.ts';

/**
 * How values are written. Numbers and words are English everywhere; dates and times are as in the region of the computer, or, when
 * the user wants what is read aloud on a call to be the same for everyone, in one form.
 */
const LOCALE = 'en-GB';

const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const timeIn = (zone: Intl.DateTimeFormatOptions, locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** By the calendar of the machines and their certificates: some regions count years otherwise, and the figures would look wrong. */
const dateIn = (zone: Intl.DateTimeFormatOptions, locale: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(locale, { ...zone, calendar: 'gregory', day: 'numeric', month: 'short', year: 'numeric' });

let time = timeIn({}, LOCALE);
let date = dateIn({}, LOCALE);
let between = ', ';

/** How dates and times are written: see `DATE_FORMS`. */
export type DateForm = (typeof DATE_FORMS)[number];

/**
 * How the window writes times from now on: of the computer or in UTC, and in which form; `locale` is that of the computer's region.
 * What is drawn already stays as it is.
 */
export function showTimesIn(zone: 'local' | 'utc', form: DateForm = 'plain', locale?: string): void {
  const options = zone === 'utc' ? { timeZone: 'UTC' } : {};
  const written = form === 'system' ? inEnglish(locale) : LOCALE;
  time = timeIn(options, written);
  // Sweden writes dates as ISO 8601 has them.
  date =
    form === 'iso'
      ? new Intl.DateTimeFormat('sv-SE', { ...options, year: 'numeric', month: '2-digit', day: '2-digit' })
      : dateIn(options, written);
  between = form === 'iso' ? ' ' : ', ';
}

/** English as it is written in the region: the words around a date are English too. */
function inEnglish(locale: string | undefined): string {
  try {
    const { region } = new Intl.Locale(locale ?? LOCALE).maximize();
    return region === undefined ? LOCALE : `en-${region}`;
  } catch {
    return LOCALE;
  }
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function formatNumber(value: number): string {
  // Tables are full of whole numbers, and the formatter takes ten times as long.
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return Number.isFinite(value) ? number.format(value) : String(value);
}

/** `1 node`, `14 nodes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** `0.4 ms`, `11 ms`, `0.31 s`, `12 s`, `2 min 5 s`, `3 h 10 min`, `4 d 2 h`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return '–';
  const ms = Math.max(0, durationMs);
  if (ms < 1) return `${oneDigit.format(ms)} ms`;
  if (ms < 100) return `${whole.format(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${number.format(ms / SECOND_MS)} s`;
  if (ms < MINUTE_MS) return `${whole.format(Math.floor(ms / SECOND_MS))} s`;
  if (ms < HOUR_MS) return pair(ms, MINUTE_MS, 'min', SECOND_MS, 's');
  if (ms < DAY_MS) return pair(ms, HOUR_MS, 'h', MINUTE_MS, 'min');
  return pair(ms, DAY_MS, 'd', HOUR_MS, 'h');
}

function pair(ms: number, bigMs: number, bigUnit: string, smallMs: number, smallUnit: string): string {
  const big = Math.floor(ms / bigMs);
  const small = Math.floor((ms % bigMs) / smallMs);
  return small === 0 ? `${whole.format(big)} ${bigUnit}` : `${whole.format(big)} ${bigUnit} ${small} ${smallUnit}`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** As `maximumFractionDigits: 1`. */
function tenths(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return rounded < 1000 ? String(rounded) : oneDigit.format(value);
}

/** `512 B`, `1.5 KiB`, `64 GiB`. */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return '–';
  let size = Math.abs(sizeBytes);
  let unit = 0;
  while (size >= 1024 && unit < BYTE_UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const text = unit === 0 || size >= 100 ? formatNumber(Math.round(size)) : tenths(size);
  return `${sizeBytes < 0 ? '−' : ''}${text} ${BYTE_UNITS[unit] ?? 'B'}`;
}

export function formatPercent(share: number): string {
  return `${whole.format(share * 100)} %`;
}

/** `14:02:11`. */
export function formatTime(atMs: number): string {
  return Number.isFinite(atMs) ? time.format(atMs) : '–';
}

/** `3 Mar 2026`. */
export function formatDate(atMs: number): string {
  return Number.isFinite(atMs) ? date.format(atMs) : '–';
}

/** `3 Mar 2026, 14:02:11`. */
export function formatMoment(atMs: number): string {
  return `${formatDate(atMs)}${between}${formatTime(atMs)}`;
}

/** `4 s`, `4 min`, `3 h`, `12 d`: one unit, rounded down. Small units are left out: it is read, not measured. */
export function formatSpan(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return ms < DAY_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.floor(ms / DAY_MS)} d`;
}

/** `just now`, `12 s ago`, `3 min ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const ageMs = nowMs - atMs;
  return ageMs < 2 * SECOND_MS ? 'just now' : `${formatSpan(ageMs)} ago`;
}

/** `14:02:11`; with its day when that is not today. */
export function formatClock(atMs: number, nowMs: number): string {
  return formatDate(atMs) === formatDate(nowMs) ? formatTime(atMs) : formatMoment(atMs);
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
  const text = days >= 1 ? `${whole.format(days)} d` : `${Math.max(1, hours)} h`;
  return { state, text, words: `${text} left`, urgency: days < BAD_DAYS ? 'bad' : days < WARN_DAYS ? 'warn' : 'ok' };
}

/** `a`, `a and b`, `a, b and c`, `a, b and 4 more`. */
export function listOf(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
