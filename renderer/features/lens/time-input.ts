/** What the user typed as a moment, or why it is none. */
export type TypedTime = { readonly atMs: number } | { readonly problem: string };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?$/;
const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const BEFORE = /^-?((?:\d+(?:\.\d+)?[smhd])+)$/;

/**
 * Reads `14:02`, `14:02:11.204`, `2026-03-03 14:02` (with `Z` or `+02:00` in that zone), `10m` for ten minutes before the
 * last line. A time without a day is the last such moment that is not after the last line.
 */
export function readTime(text: string, lastMs: number, isUtc: boolean): TypedTime {
  const typed = text.trim();
  const before = BEFORE.exec(typed);
  if (before) {
    const parts = [...(before[1] ?? '').matchAll(/(\d+(?:\.\d+)?)([smhd])/g)];
    return { atMs: parts.reduce((at, [, count, unit]) => at - Number(count) * (UNIT_MS[unit ?? ''] ?? 0), lastMs) };
  }
  const clock = CLOCK.exec(typed);
  if (clock) {
    const ofDay = clockMs(typed);
    if (ofDay === undefined) return { problem: `There is no time ${typed}.` };
    const sameDay = dayMs(new Date(lastMs), isUtc) + ofDay;
    return { atMs: sameDay > lastMs ? sameDay - 86_400_000 : sameDay };
  }
  const moment = MOMENT.exec(typed);
  const atMs = moment && momentMs(moment, isUtc);
  if (typeof atMs === 'number') return { atMs };
  return { problem: 'A time is written as 14:02, 14:02:11, 2026-03-03 14:02 or, before the last line, 10m.' };
}

function clockMs(text: string): number | undefined {
  const [, hours, minutes, seconds = '0', fraction = '0'] = CLOCK.exec(text) ?? [];
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (!(h < 24 && m < 60 && s < 60)) return undefined;
  return (h * 3600 + m * 60 + s) * 1000 + Number(`0.${fraction}`) * 1000;
}

function dayMs(date: Date, isUtc: boolean): number {
  return isUtc
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
    : new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function momentMs([, year, month, day, clock, zone]: RegExpExecArray, isUtc: boolean): number | undefined {
  const ofDay = clock === undefined ? 0 : clockMs(clock);
  const [y, mo, d] = [Number(year), Number(month) - 1, Number(day)];
  const check = new Date(Date.UTC(y, mo, d));
  if (ofDay === undefined || check.getUTCMonth() !== mo || check.getUTCDate() !== d) return undefined;
  if (zone === undefined) return isUtc ? Date.UTC(y, mo, d) + ofDay : new Date(y, mo, d).getTime() + ofDay;
  return Date.UTC(y, mo, d) + ofDay - zoneMs(zone);
}

function zoneMs(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3_600_000 + Number(minutes) * 60_000);
}
