import type { DATE_FORMS, TIME_ZONES } from '../settings/settings.ts';
import { LOCALE } from './numbers.ts';

/**
 * How dates and times are written, by main and page alike: as in the region of the computer, or, when the user wants what is read aloud on a
 * call to be the same for everyone, in one form. The words around them are English.
 */

/** How dates and times are written: see `DATE_FORMS`. */
export type DateForm = (typeof DATE_FORMS)[number];

interface Formats {
  readonly time: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly between: string;
}

let options: {
  readonly zone: (typeof TIME_ZONES)[number];
  readonly form: DateForm;
  readonly locale?: string | undefined;
} = {
  zone: 'local',
  form: 'plain',
};
/** Made when something is written first: that takes some milliseconds. */
let made: Formats | undefined;

/**
 * How this process writes times from now on: of the computer or in UTC, and in which form; `locale` is that of the computer's region.
 * What is drawn already stays as it is.
 */
export function showTimesIn(zone: (typeof TIME_ZONES)[number], form: DateForm = 'plain', locale?: string): void {
  options = { zone, form, locale };
  made = undefined;
}

function formats(): Formats {
  if (made !== undefined) return made;
  const { zone, form, locale } = options;
  const shared = zone === 'utc' ? { timeZone: 'UTC' } : {};
  const written = form === 'system' ? inEnglish(locale) : LOCALE;
  const minute = { ...shared, hour: '2-digit', minute: '2-digit' } as const;
  made = {
    time: new Intl.DateTimeFormat(written, { ...minute, second: '2-digit' }),
    minute: new Intl.DateTimeFormat(written, minute),
    date:
      form === 'iso'
        ? // Sweden writes dates as ISO 8601 has them.
          new Intl.DateTimeFormat('sv-SE', { ...shared, year: 'numeric', month: '2-digit', day: '2-digit' })
        : // By the calendar of the machines and their certificates: some regions count years otherwise, and the figures would look wrong.
          new Intl.DateTimeFormat(written, {
            ...shared,
            ...{ calendar: 'gregory', day: 'numeric', month: 'short', year: 'numeric' },
          }),
    between: form === 'iso' ? ' ' : ', ',
  };
  return made;
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

/** `14:02:11`. */
export function formatTime(atMs: number): string {
  return Number.isFinite(atMs) ? formats().time.format(atMs) : '–';
}

/** `3 Mar 2026`. */
export function formatDate(atMs: number): string {
  return Number.isFinite(atMs) ? formats().date.format(atMs) : '–';
}

/** `3 Mar 2026, 14:02:11`. */
export function formatMoment(atMs: number): string {
  return `${formatDate(atMs)}${formats().between}${formatTime(atMs)}`;
}

/** `14:02:11`; with its day when that is not today. */
export function formatClock(atMs: number, nowMs: number): string {
  return formatDate(atMs) === formatDate(nowMs) ? formatTime(atMs) : formatMoment(atMs);
}

/** `3 Mar 2026, 14:02`: where the second is of no use, such as the end of a certificate. */
export function formatMinute(atMs: number): string {
  return `${formatDate(atMs)}${formats().between}${formatHourMinute(atMs)}`;
}

/** `14:02`; with its day when that is not today. */
export function formatMinuteClock(atMs: number, nowMs: number): string {
  return formatDate(atMs) === formatDate(nowMs) ? formatHourMinute(atMs) : formatMinute(atMs);
}

const formatHourMinute = (atMs: number): string => (Number.isFinite(atMs) ? formats().minute.format(atMs) : '–');
