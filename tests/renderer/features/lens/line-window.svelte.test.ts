import { describe, expect, it } from 'vitest';
import { LineWindow } from '../../../../renderer/features/lens/lines/line-window.svelte.ts';
import { LINE_PX } from '../../../../renderer/features/lens/lines/row-place.ts';
import type { LensRow, LensRows, LensView } from '../../../../renderer/lens/protocol.ts';

const SHOWN = 20;

/** Lines as a worker holds them, and the window that looks at them. */
function looking(count: number) {
  let lines = Array.from({ length: count }, (_, line) => line);
  let view: LensView = { at: 'end', count: 0 };
  let later: (() => void) | undefined;
  const window = new LineWindow(
    (asked) => (view = asked),
    (_ms, run) => (later = run),
  );
  const tell = (): void => {
    const first = ((): number => {
      if (view.at === 'end') return lines.length - view.count;
      return view.at === 'row' ? view.row : lines.indexOf(view.line) - view.below;
    })();
    const from = Math.max(0, first);
    const rows = lines.slice(from, from + view.count).map((line) => ({ line }) as LensRow);
    const told: LensRows = { first: from, rows, total: lines.length, isElsewhere: false };
    window.take(told);
  };
  const seen = (): number | undefined => window.rows?.rows[Math.floor(window.top) - window.rows.first]?.line;
  window.resize(SHOWN * LINE_PX);
  tell();
  return {
    ...{ window, tell, seen, view: () => view },
    scroll: (line: number) => {
      window.scrolled(line * LINE_PX);
      tell();
    },
    /** The height of the list is looked at again. */
    pass: () => {
      const run = later;
      later = undefined;
      run?.();
    },
    change: (next: (lines: readonly number[]) => readonly number[]) => {
      lines = [...next(lines)];
      tell();
    },
  };
}

describe('what is seen of many lines', () => {
  it('follows the end until somebody scrolls up, and again at the end', () => {
    const { window, change, scroll, seen } = looking(100);
    expect(window.isFollowing).toBe(true);
    expect(seen()).toBe(80);
    change((lines) => [...lines, 100, 101]);
    expect(seen()).toBe(82);

    scroll(50);
    expect(window.isFollowing).toBe(false);
    change((lines) => [...lines, 102]);
    expect(seen()).toBe(50);
    scroll(83);
    expect(window.isFollowing).toBe(true);
  });

  it('stays at its line when others come above it or the oldest go', () => {
    const { window, scroll, change, seen, tell } = looking(300);
    scroll(150.5);
    window.settle();
    tell();

    change((lines) => lines.slice(100));
    expect(seen()).toBe(150);
    expect(window.top).toBeCloseTo(50.5, 6);
    change((lines) => [...lines.slice(0, 10), 9001, 9002, ...lines.slice(10)]);
    expect(seen()).toBe(150);
    expect(window.top).toBeCloseTo(52.5, 6);
    expect(window.scrollTopPx).toBeCloseTo(52.5 * LINE_PX, 3);
  });

  it('brings a line into the middle, and moves nothing for one that is seen', () => {
    const { window, tell, view } = looking(1000);
    window.show(500, 500);
    tell();
    expect(window.top).toBeCloseTo(490.5, 6);
    expect(view()).toMatchObject({ at: 'line', line: 500 });

    window.show(495, 495);
    expect(window.top).toBeCloseTo(490.5, 6);
    window.showRow(3);
    expect(window.top).toBe(3);
  });

  it('keeps a line that was gone to also when scrolling ends before its rows have come', () => {
    const { window, tell, change, seen } = looking(300);
    change((lines) => lines);
    window.show(250, 290);
    window.settle();
    change((lines) => [...Array.from({ length: 40 }, (_, n) => 9000 + n), ...lines]);
    tell();

    expect(window.rows?.rows[290 - window.rows.first]?.line).toBe(250);
    expect(Math.floor(window.top)).toBe(280);
    expect(seen()).toBe(240);
  });

  it('leaves the height of the list alone for half a second while lines race by, and loses no place by that', () => {
    const { window, change, scroll, pass, seen } = looking(1000);
    const more = (count: number): void =>
      change((lines) => [...lines, ...Array.from({ length: count }, (_, n) => lines.length + n)]);
    more(100);
    expect([window.extent, window.count, window.isRacing]).toEqual([1000, 1100, false]);
    expect(seen()).toBe(1080);
    pass();
    expect([window.extent, window.isRacing]).toEqual([1100, true]);
    more(100);
    expect([window.extent, window.isRacing]).toEqual([1100, true]);
    pass();

    more(300);
    expect(window.extent).toBe(1200);
    // Three rows up from what the scroll bar takes for the end.
    scroll(1177);
    expect([window.isFollowing, window.isRacing]).toEqual([false, false]);
    expect(seen()).toBe(1477);
    expect(window.extent).toBe(1500);
    expect(window.scrollTopPx).toBeCloseTo(1477 * LINE_PX, 3);
  });

  it('brings the height of the list up to date once lines no longer race by', () => {
    const { window, change, pass } = looking(100);
    change((lines) => [...lines, 100]);
    change((lines) => [...lines, 101]);
    expect([window.extent, window.count]).toEqual([100, 102]);
    pass();
    expect([window.extent, window.isRacing]).toEqual([102, true]);
    pass();
    expect(window.isRacing).toBe(false);
    change((lines) => [...lines, 102]);
    expect([window.extent, window.isRacing]).toEqual([103, false]);
  });

  it('asks for as many rows as have room, and some around them', () => {
    const { scroll, view } = looking(1000);
    scroll(500);

    expect(view()).toEqual({ at: 'row', row: 460, count: 100 });
  });
});
