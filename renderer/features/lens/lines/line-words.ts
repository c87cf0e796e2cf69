import type { LensLevel, LensRow, LensTimeKind } from '../../../lens/protocol.ts';

/** The letter of a level; empty for a line that says none. */
export const LEVEL_LETTER: Readonly<Record<LensLevel, string>> = {
  ...{ fatal: 'F', error: 'E', warn: 'W', info: 'I', debug: 'D', none: '' },
};

/** The level in words. */
export const LEVEL_WORD: Readonly<Record<LensLevel, string>> = {
  ...{ fatal: 'fatal', error: 'error', warn: 'warning', info: 'info', debug: 'debug', none: 'no level' },
};

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:02:11.204`, in the time zone of this computer or in UTC. Many a second: the formatter of the locale is too slow. */
export function lineTime(timeMs: number, isUtc: boolean): string {
  const date = new Date(timeMs);
  if (!Number.isFinite(date.getTime())) return '–';
  const [hours, minutes, seconds, ms] = isUtc
    ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()]
    : [date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()];
  return `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(ms).padStart(3, '0')}`;
}

/** `2026-03-03`, in the same time zone. */
export function lineDate(timeMs: number, isUtc: boolean): string {
  const date = new Date(timeMs);
  if (!Number.isFinite(date.getTime())) return '–';
  const [year, month, day] = isUtc
    ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()]
    : [date.getFullYear(), date.getMonth(), date.getDate()];
  return `${String(year).padStart(4, '0')}-${two(month + 1)}-${two(day)}`;
}

/** `2026-03-03 14:02:11.204 UTC`, whole. */
export function lineMoment(timeMs: number, isUtc: boolean): string {
  return `${lineDate(timeMs, isUtc)} ${lineTime(timeMs, isUtc)}${isUtc ? ' UTC' : ''}`;
}

/** What the time beside a line is. */
export const TIME_KIND_WORDS: Readonly<Record<LensTimeKind, string>> = {
  carried: 'as the line says',
  before: 'that of the line its source wrote before',
  arrival: 'when it came; the source writes no times',
};

/** All of a line in words, for those who hear it. */
export function spokenLine(row: LensRow, source: string, isUtc: boolean): string {
  const level = row.level === 'none' ? '' : `${LEVEL_WORD[row.level]}, `;
  const said = row.mark ? 'Minos says, ' : `${source}, `;
  return `${lineTime(row.timeMs, isUtc)}, ${said}${level}${row.text.slice(row.bodyAt, 400)}`;
}
