import { describe, expect, it } from 'vitest';
import {
  finite,
  momentCell,
  plainNumber,
  twoDigits,
  wholeCell,
} from '../../../../../main/operations/commands/kit/cells.ts';

describe('a cell', () => {
  it.each([
    ['0', 0],
    ['-5', -5],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', '9007199254740992'],
    ['18446744073709551615', '18446744073709551615'],
    ['-9223372036854775808', '-9223372036854775808'],
    [7, 7],
    [Number.NaN, null],
    [null, null],
    [undefined, null],
  ])('keeps every digit of %s', (value, cell) => {
    expect(wholeCell(value)).toBe(cell);
  });

  it.each([
    [0.1 + 0.2, 0.3],
    [0.07 * 1000, 70],
    [1.1 * 3, 3.3],
    [4.35 * 100, 435],
    [123_456.789, 123_456.789],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    [-0.1 - 0.2, -0.3],
    [Number.NaN, null],
    [Infinity, null],
  ])('has no noise of binary fractions: %d', (value, cell) => {
    expect(plainNumber(value)).toBe(cell);
  });

  it('is empty instead of infinite', () => {
    expect([finite(Infinity), finite(Number.NaN), twoDigits(Number.MAX_VALUE), finite(-1)]).toEqual([
      null,
      null,
      null,
      -1,
    ]);
  });

  it.each([
    [{ seconds: '1700000000', nanos: 999_999_999 }, 1_700_000_000_999],
    [{ seconds: '0', nanos: 0 }, null],
    [{ seconds: '-62135596800', nanos: 0 }, null],
    [{ seconds: '9223372036854775807', nanos: 0 }, null],
    [null, null],
  ])('takes %j for the moment %s', (stamp, cell) => {
    expect(momentCell(stamp)).toBe(cell);
  });
});
