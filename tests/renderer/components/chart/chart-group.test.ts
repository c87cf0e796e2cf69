import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChartGroup } from '../../../../renderer/components/chart/chart-group.svelte.ts';

let frames: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets what is due come to its next frame, and draws that. */
function nextFrame(): void {
  vi.advanceTimersByTime(100);
  for (const draw of frames.splice(0)) draw();
}

describe('charts that take turns', () => {
  it('are drawn one after another, each once however often it asked', () => {
    const group = new ChartGroup();
    const [first, second] = [vi.fn(), vi.fn()];
    for (const draw of [first, second, first]) group.drawSoon(draw);

    nextFrame();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
    nextFrame();
    nextFrame();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  });

  it('are not drawn once they have gone, also when their frame was under way, and the others go on', () => {
    const group = new ChartGroup();
    const [gone, other] = [vi.fn(), vi.fn()];
    group.drawSoon(gone);
    group.drawSoon(other);
    vi.advanceTimersByTime(1);
    expect(frames).toHaveLength(1);

    group.forget(gone);
    nextFrame();
    nextFrame();

    expect([gone.mock.calls.length, other.mock.calls.length]).toEqual([0, 1]);
  });
});
