import { expect, test } from 'vitest';
import { compile, WrongPattern } from '../../../renderer/lens/lines/patterns.ts';

const regex = (text: string, isCaseSensitive = true) => compile({ text, isRegex: true, isCaseSensitive });

test.each([
  ['error|fail', 'it will fail', true],
  ['took \\d+ms', 'took 214ms', true],
  ['took \\d+ms', 'took ms', false],
  ['.*kubelet.*lease.*', 'kubelet renewed its lease', true],
  ['.*kubelet.*lease.*', 'lease of the kubelet', false],
  ['^a.c$', 'abc', true],
  ['^a.c$', 'abcd', false],
  ['(ab)+c', 'ababc', true],
  ['a{2,3}b', 'aab', true],
  ['[', '[', 'wrong'],
  ['(?=a)b', 'b', 'wrong'],
  ['(a)\\1', 'aa', 'wrong'],
  ['a\\', 'a', 'wrong'],
  ['.*?slow', 'it is slow', true],
  ['.*?slow', 'it is fast', false],
  ['.{1000}.{1000}.{1000}.{1000}.{1000}.{1000}', 'a', 'wrong'],
  ['\\Aerror', 'error', true],
  ['[[:alpha:]]:', 'a:', true],
])('%s in %j: %s', (pattern, line, expected) => {
  if (expected === 'wrong') expect(() => regex(pattern)).toThrow(WrongPattern);
  else expect(regex(pattern).test(line)).toBe(expected);
});

test('plain text means itself, also where it would be a pattern', () => {
  const matcher = compile({ text: 'a.c (x)', isRegex: false, isCaseSensitive: false });
  expect(matcher.test('A.C (X)')).toBe(true);
  expect(matcher.test('abc x')).toBe(false);
  expect(matcher.ranges('a.c (x) A.C (X)', 10)).toEqual([
    [0, 7],
    [8, 15],
  ]);
});

test('a pattern that would backtrack for ever answers at once', () => {
  const matcher = regex('(a+)+$');
  const begun = performance.now();
  expect(matcher.test(`${'a'.repeat(10_000)}b`)).toBe(false);
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('where a pattern with choices is found does not depend on which engine looks', () => {
  expect(regex('b+').ranges('abba b', 10)).toEqual([
    [1, 3],
    [5, 6],
  ]);
  expect(regex('a|b').test('xb')).toBe(true);
});

/** Each would be tried in very many ways at each place, or walked for very long, by an engine that goes back. */
test.each([
  ['choices in groups', `${'(a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a)'.repeat(3)}+b`],
  ['many choices in three groups', `${`(${'a|'.repeat(149)}a)`.repeat(3)}b`],
  ['signs that may be missing', `${'a?'.repeat(28)}${'a'.repeat(28)}b`],
  ['one repetition before a long text', `a+${'a'.repeat(900)}b`],
  ['two repetitions', 'a+a+b'],
])('no pattern makes one line take long: %s', (_what, text) => {
  const matcher = regex(text);
  const begun = performance.now();
  expect(matcher.test('a'.repeat(2000))).toBe(false);
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('a sign of two halves that may be missing is no part of what every line must have', () => {
  expect(regex('x\u{1f600}?y').test('xy')).toBe(true);
  expect(regex('x\u{1f600}?yy').needle).toBe('yy');
});
