import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drawNewest } from '../../../renderer/lens/draw-newest.ts';
import type { LensRows } from '../../../renderer/lens/protocol.ts';

const rows = (total: number): LensRows => ({ first: 0, rows: [], total, isElsewhere: false });

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Drawing takes so long; frames come when the test says. */
function drawing(tookMs: number) {
  const drawn: number[] = [];
  let frame: () => void = () => undefined;
  let rested = 0;
  let isOver = false;
  let nowMs = 0;
  const draw = drawNewest({
    listener: {
      onRows: ({ total }) => {
        drawn.push(total);
        nowMs += tookMs;
      },
      onState: () => undefined,
      onMinimap: () => undefined,
    },
    beforeFrame: (run) => (frame = run),
    now: () => nowMs,
    isOver: () => isOver,
    onRested: () => (rested += 1),
  });
  return { draw, drawn, frame: () => frame(), rested: () => rested, close: () => (isOver = true) };
}

test('of what came since the last frame only the newest is drawn, and nothing once it is over', () => {
  const { draw, drawn, frame, close } = drawing(0);
  draw({ rows: rows(1) });
  draw({ rows: rows(2) });
  frame();
  expect(drawn).toEqual([2]);
  draw({ rows: rows(3) });
  close();
  frame();
  expect(drawn).toEqual([2]);
});

test('the page rests three times as long as drawing took before it is sent other rows', () => {
  const { draw, frame, rested } = drawing(20);
  draw({ rows: rows(1) });
  frame();
  vi.advanceTimersByTime(59);
  expect(rested()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(rested()).toBe(1);
});
