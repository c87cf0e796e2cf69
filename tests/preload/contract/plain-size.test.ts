import { expect, test } from 'vitest';
import { MAX_REQUEST_SIZE, plainSize } from '../../../preload/contract/index.ts';

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;
const shared = (levels: number): unknown => {
  let value: unknown = ['x'];
  for (let level = 0; level < levels; level += 1) value = Array.from({ length: 30 }, () => value);
  return value;
};
const dense = Array.from({ length: 10_000_000 }, () => 0);

test.each([
  ['a list with holes of ten million places', new Array(10_000_000)],
  ['ten million numbers', dense],
  ['ten million empty texts', dense.map(() => '')],
  ['a long text', 'x'.repeat(MAX_REQUEST_SIZE + 1)],
  ['a long name of a field', { ['x'.repeat(MAX_REQUEST_SIZE)]: 1 }],
  ['many bytes', new Uint8Array(MAX_REQUEST_SIZE + 1)],
  ['a deep value', deep(40)],
  ['a value that is part of itself', cyclic],
  ['a value that is small and written out is not', shared(8)],
])('%s is too large, and that is known at once', (_what, value) => {
  const before = performance.now();

  expect(plainSize(value)).toBe(Infinity);

  expect(performance.now() - before).toBeLessThan(100);
});

test.each([
  ['a map', new Map([[1, 2]])],
  ['a set', new Set([1])],
  ['an error', new Error('x')],
  ['a date', new Date(0)],
  ['a pattern', /x/],
  ['a big number', 1n],
  ['bytes', new Uint8Array(8)],
  ['a buffer', new ArrayBuffer(8)],
  ['a boxed text', Object('x') as unknown],
  ['a function', () => 1],
  ['one of them deep inside', { a: [{ b: new Map() }] }],
])('%s is not plain data', (_what, value) => {
  expect(plainSize(value)).toBe('not-plain');
});

test('what the app sends is counted by its texts and fields', () => {
  expect(plainSize({ name: 'prod' })).toBe(8 + 8 + 8);
  expect(plainSize(Object.assign(Object.create(null) as object, { a: true }))).toBe(8 + 8 + 8);
  expect(plainSize(undefined)).toBe(8);
  expect(plainSize(['', 'x'.repeat(100)])).toBe(8 + 8 + 100);
});
