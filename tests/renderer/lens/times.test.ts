import { expect, test } from 'vitest';
import { timeOf } from '../../../renderer/lens/lines/times.ts';

const NEAR = Date.UTC(2026, 7, 21, 18);
const AT = Date.UTC(2026, 7, 21, 16, 42, 35);

test.each([
  ['2026-08-21T16:42:35Z text', AT],
  ['2026-08-21T16:42:35.123456789Z stdout F text', AT + 123.456789],
  ['2026-08-21T18:42:35+02:00 text', AT],
  ['2026-08-21T12:12:35-0430 text', AT],
  ['2026-08-21 16:42:35,250 text', AT + 250],
  ['2026/08/21 16:42:35 Go writes this', AT],
  ['[2026-08-21T16:42:35.5Z] in brackets', AT + 500],
  ['I0821 16:42:35.123456       1 kubelet.go:1] x', AT + 123.456],
  ['kern:    info: [2026-08-21T16:42:35.123Z]: x', AT + 123],
  ['Aug 21 16:42:35 host sshd[1]: x', AT],
  ['<34>1 2026-08-21T16:42:35Z host app - - - x', AT],
  ['<34>Aug 21 16:42:35 host x', AT],
  ['{"level":"info","ts":"2026-08-21T16:42:35Z","msg":"x"}', AT],
  [`{"ts":${AT / 1000}.25,"msg":"x"}`, AT + 250],
  [`{"time":${AT},"msg":"x"}`, AT],
  [`{"timestamp":${AT}000000,"msg":"x"}`, AT],
  ['time="2026-08-21T16:42:35Z" level=info msg=x', AT],
  ['level=info ts=2026-08-21T16:42:35Z', AT],
])('the time of %s is read', (line, ms) => {
  expect(timeOf(line, NEAR)?.ms).toBeCloseTo(ms, 3);
});

test.each([
  [''],
  ['text'],
  ['2026-13-21T16:42:35Z'],
  ['2026-08-21T25:42:35Z'],
  ['2026-08-21'],
  ['I0821 kubelet'],
  ['May I ask'],
  ['{"ts":"yesterday"}'],
  ['{"msg":"2026-08-21T16:42:35Z"}'],
  ['<999999>x'],
  ['\u0000\u0001'],
])('%j carries no time', (line) => {
  expect(timeOf(line, NEAR)).toBeUndefined();
});

test('a date without a year is the nearest to when its line came, also around new year', () => {
  expect(timeOf('I1231 23:59:59.000000 1 x', Date.UTC(2027, 0, 1))?.ms).toBe(Date.UTC(2026, 11, 31, 23, 59, 59));
  expect(timeOf('Jan  1 00:00:01 host x', Date.UTC(2026, 11, 31, 23))?.ms).toBe(Date.UTC(2027, 0, 1, 0, 0, 1));
});

test('what follows the time is where the text begins', () => {
  const line = '2026-08-21T16:42:35.123Z text';
  expect(line.slice(timeOf(line, NEAR)?.end)).toBe(' text');
  const kernel = 'kern:    info: [2026-08-21T16:42:35.1Z]: text';
  expect(kernel.slice(timeOf(kernel, NEAR)?.end)).toBe(' text');
});
