import { describe, expect, it } from 'vitest';
import {
  DAY_MS,
  formatAgo,
  formatBytes,
  formatDuration,
  formatMoment,
  formatNumber,
  listOf,
  plural,
  remainingOf,
  showTimesIn,
} from '../../../renderer/lib/format.ts';

describe('durations', () => {
  it.each([
    [0.42, '0.4 ms'],
    [11, '11 ms'],
    [310, '0.31 s'],
    [12_900, '12 s'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [4 * DAY_MS + 7_200_000, '4 d 2 h'],
    [Number.NaN, '–'],
    [-5, '0 ms'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('sizes', () => {
  it.each([
    [512, '512 B'],
    [1536, '1.5 KiB'],
    [64 * 1024 ** 3, '64 GiB'],
    [-2048, '−2 KiB'],
    [Number.POSITIVE_INFINITY, '–'],
    [1e30, '888,178,419,700,125 PiB'],
  ])('writes %d bytes as %s', (size, text) => {
    expect(formatBytes(size)).toBe(text);
  });
});

describe('what is left of a certificate', () => {
  const now = Date.UTC(2026, 2, 3);
  it.each([
    [212.5 * DAY_MS, '212 d', 'ok'],
    [29.5 * DAY_MS, '29 d', 'warn'],
    [6.5 * DAY_MS, '6 d', 'bad'],
    [5 * 3_600_000, '5 h', 'bad'],
    [60_000, '1 h', 'bad'],
    [-3 * DAY_MS, 'expired 3 d ago', 'bad'],
  ])('after %d ms is %s and %s', (leftMs, text, urgency) => {
    expect(remainingOf({ notAfterMs: now + leftMs }, now)).toMatchObject({ text, urgency });
  });

  it('is nothing before it begins, which is not the end', () => {
    const dates = { notBeforeMs: now + DAY_MS, notAfterMs: now + 9 * DAY_MS };

    expect(remainingOf(dates, now)).toMatchObject({ state: 'early', text: 'valid from 4 Mar 2026', urgency: 'warn' });
    expect(remainingOf(dates, now + 2 * DAY_MS)).toMatchObject({ state: 'valid', words: '7 d left' });
    expect(remainingOf(dates, now + 9 * DAY_MS)).toMatchObject({ state: 'ended', words: 'expired just now' });
    // A clock of the cluster that is a little ahead is nothing to speak of.
    expect(remainingOf({ ...dates, notBeforeMs: now + 60_000 }, now).state).toBe('valid');
  });
});

describe('words', () => {
  it('says how long ago something was', () => {
    expect([0, 12_000, 180_000, 7_200_000].map((age) => formatAgo(1e12 - age, 1e12))).toEqual([
      'just now',
      '12 s ago',
      '3 min ago',
      '2 h ago',
    ]);
  });

  it('counts one and many', () => {
    expect([plural(1, 'node'), plural(1400, 'node'), plural(2, 'entry', 'entries')]).toEqual([
      '1 node',
      '1,400 nodes',
      '2 entries',
    ]);
  });

  it('shortens long lists without losing the count', () => {
    expect(listOf(['a', 'b', 'c', 'd', 'e'])).toBe('a, b and 3 more');
    expect(listOf(['a', 'b'])).toBe('a and b');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [999, '999'],
    [1000, '1,000'],
    [-1_234_567, '-1,234,567'],
    [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991'],
    [1234.567, '1,234.57'],
    [1e21, '1,000,000,000,000,000,000,000'],
    [Number.NaN, 'NaN'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('dates', () => {
  it.each([
    ['plain', undefined, '3 Mar 2026, 14:02:11'],
    ['iso', 'de-DE', '2026-03-03 14:02:11'],
    ['system', 'de-DE', '3 Mar 2026, 14:02:11'],
    ['system', 'en-US', 'Mar 3, 2026, 02:02:11 PM'],
    ['system', 'not a locale!', '3 Mar 2026, 14:02:11'],
  ] as const)('in the form %s of %s are written %s', (form, locale, text) => {
    showTimesIn('utc', form, locale);

    expect(formatMoment(Date.UTC(2026, 2, 3, 14, 2, 11)).replace('\u202f', ' ')).toBe(text);
    showTimesIn('local');
  });

  it.each(['th-TH', 'fa-IR', 'ar-SA'])('are by the calendar of machines in every region: %s', (locale) => {
    showTimesIn('utc', 'system', locale);

    expect(formatMoment(Date.UTC(2026, 2, 3, 14, 2, 11))).toMatch(/^(3 Mar|Mar 3,) 2026, /);
    showTimesIn('local');
  });
});
