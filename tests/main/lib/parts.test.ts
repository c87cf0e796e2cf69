import { serialize } from 'node:v8';
import { describe, expect, it, test } from 'vitest';
import { messageSize } from '../../../main/lib/message-size.ts';
import { takeApart } from '../../../main/lib/parts.ts';
import { JoinedParts } from '../../../preload/contract/index.ts';

const joined = (value: unknown, partBytes: number): unknown => {
  const whole = new JoinedParts();
  for (const part of takeApart(value, partBytes)) whole.add(structuredClone(part));
  return whole.value;
};

const VALUES: readonly (readonly [string, unknown])[] = [
  ['a text', 'x'.repeat(5000)],
  ['nothing', null],
  ['a long list', Array.from({ length: 2000 }, (_, index) => ({ index, name: `n${index}` }))],
  ['lists in lists', Array.from({ length: 60 }, () => Array.from({ length: 60 }, (_, index) => [index, `${index}`]))],
  ['a wide object', Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`k${index}`, index]))],
  ['an object in lists in objects', { a: [{ b: Array.from({ length: 500 }, () => 'text') }, {}], c: { d: [] }, e: 1 }],
  ['long texts of two bytes', ['é'.repeat(900), '中'.repeat(900), { key中: 'x' }]],
  ['names that objects have', JSON.parse(`{"__proto__":{"a":[${'1,'.repeat(500)}1]},"constructor":"c","x":[2]}`)],
];

describe('a value taken apart and put together', () => {
  it.each(VALUES)('%s is the same, in the same order', (_what, value) => {
    for (const partBytes of [1, 100, 1000, 1e9]) {
      const whole = joined(value, partBytes);
      expect(whole).toEqual(value);
      expect(JSON.stringify(whole)).toBe(JSON.stringify(value));
    }
  });

  it.each(VALUES)('%s comes in parts that are small', (_what, value) => {
    for (const part of takeApart(value, 4000)) expect(messageSize(part.value)).toBeLessThan(4000 + 2 * 5000);
  });
});

test('a part of the value changes nothing of it', () => {
  const value = { list: Array.from({ length: 100 }, (_, index) => index) };
  const before = structuredClone(value);

  expect([...takeApart(value, 100)].length).toBeGreaterThan(3);
  expect(value).toEqual(before);
});

test.each([...VALUES, ['numbers', [1, -1, 1.5, 2 ** 53, NaN, true, undefined]], ['bytes', Buffer.alloc(999)]] as const)(
  'the size of %s is never less than what is copied, and not much more',
  (_what, value) => {
    const copied = serialize(value).length;
    expect(messageSize(value)).toBeGreaterThanOrEqual(copied - 8);
    expect(messageSize(value)).toBeLessThan(8 * copied + 100);
    expect(messageSize(value, copied / 10)).toBeGreaterThan(copied / 10);
  },
);

test('what is nested without end is larger than any limit', () => {
  const endless: Record<string, unknown> = {};
  endless['self'] = endless;

  expect(messageSize(endless)).toBe(Infinity);
});
