import { expect, test } from 'vitest';
import { Now } from '../../../renderer/state/now.svelte.ts';

test('is the same minute for everything on screen, however late it is asked', () => {
  let atMs = 1_000_000;
  const now = new Now(() => atMs);
  const first = now.minuteMs;

  atMs += 59_999;
  expect(now.minuteMs).toBe(first);
  expect(now.secondMs).toBe(atMs);

  atMs += 1;
  expect(now.minuteMs).toBe(atMs);
});

test('follows a clock that is set back', () => {
  let atMs = 1_000_000;
  const now = new Now(() => atMs);
  expect(now.minuteMs).toBe(1_000_000);

  atMs = 500_000;
  expect(now.minuteMs).toBe(500_000);
});
