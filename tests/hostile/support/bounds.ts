import { expect } from 'vitest';
import type { StartedMain } from './start-main.ts';

/** Longest piece of work of main under any input, ms of its thread. */
export const MAX_GAP_MS = 250;
/** Most memory of main's heap and buffers above rest under any input. */
export const MAX_HEAP_MB = 400;
/** Largest message to the page, with what wraps it. */
export const MAX_MESSAGE_BYTES = 1024 * 1024 + 16 * 1024;

/** Main lives, was never held up, kept its memory, sent the page nothing large, and left nothing unhandled. */
export async function expectHeld(main: StartedMain): Promise<void> {
  const { gapMs, heapMb } = await main.strain();
  expect(main.unhandled).toEqual([]);
  expect(gapMs, 'longest piece of work').toBeLessThanOrEqual(MAX_GAP_MS);
  expect(heapMb, 'memory above rest').toBeLessThanOrEqual(MAX_HEAP_MB);
  expect(main.largestBytes, 'largest message to the page').toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
  expect((await main.call('commands.list')).ok).toBe(true);
}
