import { describe, expect, it } from 'vitest';
import { lineMoment, lineTime } from '../../../../renderer/features/lens/lines/line-words.ts';
import { readTime } from '../../../../renderer/features/lens/time-input.ts';

const LAST_MS = Date.UTC(2026, 2, 3, 14, 2, 11, 204);
const read = (text: string): string => {
  const typed = readTime(text, LAST_MS, true);
  return 'atMs' in typed ? new Date(typed.atMs).toISOString() : typed.problem;
};

describe('a typed time', () => {
  it.each([
    ['14:02', '2026-03-03T14:02:00.000Z'],
    ['14:02:11.2', '2026-03-03T14:02:11.200Z'],
    ['14:02:12', '2026-03-02T14:02:12.000Z'],
    ['23:59', '2026-03-02T23:59:00.000Z'],
    ['10m', '2026-03-03T13:52:11.204Z'],
    ['-1h30m', '2026-03-03T12:32:11.204Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01 6:30', '2026-03-01T06:30:00.000Z'],
    ['2026-03-01T06:30:00+02:00', '2026-03-01T04:30:00.000Z'],
    ['2026-03-01T06:30:00.5Z', '2026-03-01T06:30:00.500Z'],
  ])('%s is %s', (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  it.each(['', 'yesterday', '2026-02-30', '2026-13-01', '-', '14'])(
    '%s is none, and it is said how one is written',
    (text) => {
      expect(read(text)).toMatch(/^A time is written as/);
    },
  );

  it('has no hour 25', () => {
    expect(read('25:00')).toBe('There is no time 25:00.');
  });
});

describe('the time of a line', () => {
  it('has milliseconds, and says UTC where the whole moment is written', () => {
    expect(lineTime(LAST_MS, true)).toBe('14:02:11.204');
    expect(lineMoment(LAST_MS, true)).toBe('2026-03-03 14:02:11.204 UTC');
    expect(lineTime(Number.NaN, false)).toBe('–');
  });
});
