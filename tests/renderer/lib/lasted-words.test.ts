import { expect, it } from 'vitest';
import { lastedWords } from '../../../renderer/lib/lasted-words.ts';

it.each([
  [{ atMs: 1000, endedAtMs: 251_000 }, '4 min 10 s'],
  [{ atMs: 1000, endedAtMs: 1000 }, ''],
  [{ atMs: 1000 }, '9 s so far'],
  [{ atMs: 99_000 }, '0 ms so far'],
])('%j is said to have lasted %j', (entry, words) => {
  expect(lastedWords(entry, 10_900)).toBe(words);
});
