import { describe, expect, it } from 'vitest';
import {
  isAtEnd,
  LINE_PX,
  listHeightPx,
  rowPlace,
  scrollTopFor,
} from '../../../../renderer/features/lens/lines/row-place.ts';

const VIEWPORT_PX = 40 * LINE_PX;

describe('the place of lines', () => {
  it('is exact while the list is not too high to be laid out', () => {
    const place = rowPlace({ count: 1000, scrollTopPx: 100 * LINE_PX + 9, viewportPx: VIEWPORT_PX });

    expect(place.top).toBeCloseTo(100.5, 6);
    expect(place.first).toBe(88);
    expect(place.end).toBe(153);
  });

  it.each([10_000, 888_888, 1_000_000, 5_000_000])('reaches the first and the last of %i lines', (count) => {
    expect(listHeightPx(count)).toBeLessThan(33_554_428);
    const endPx = listHeightPx(count) - VIEWPORT_PX;

    expect(rowPlace({ count, scrollTopPx: 0, viewportPx: VIEWPORT_PX }).first).toBe(0);
    const last = rowPlace({ count, scrollTopPx: endPx, viewportPx: VIEWPORT_PX });
    expect(last.end).toBe(count);
    expect(last.top).toBeCloseTo(count - 40, 3);
    expect(isAtEnd({ count, scrollTopPx: endPx, viewportPx: VIEWPORT_PX })).toBe(true);
    expect(isAtEnd({ count, scrollTopPx: endPx - LINE_PX, viewportPx: VIEWPORT_PX })).toBe(false);
  });

  it.each([500, 5_000_000])('is found again from where it was scrolled to, of %i lines', (count) => {
    for (const line of [0, 17.25, count / 3, count - 40]) {
      const scrollTopPx = scrollTopFor(line, { count, viewportPx: VIEWPORT_PX });
      expect(rowPlace({ count, scrollTopPx, viewportPx: VIEWPORT_PX }).top).toBeCloseTo(line, 2);
    }
  });

  it('does not scroll what fits', () => {
    expect(scrollTopFor(3, { count: 5, viewportPx: VIEWPORT_PX })).toBe(0);
    expect(rowPlace({ count: 5, scrollTopPx: 0, viewportPx: VIEWPORT_PX })).toEqual({ first: 0, end: 5, top: 0 });
    expect(isAtEnd({ count: 0, scrollTopPx: 0, viewportPx: VIEWPORT_PX })).toBe(true);
  });
});
