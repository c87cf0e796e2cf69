import { expect, it } from 'vitest';
import { placedMarks, type TimeMark } from '../../../../renderer/components/chart/time-marks.ts';

const RANGE = { fromMs: 1000, toMs: 11_000 };

const mark = (id: string, fromMs: number, toMs?: number): TimeMark => ({
  ...{ id, lane: 'node', tone: 'info', label: id },
  fromMs,
  ...(toMs !== undefined && { toMs }),
});

it('a mark lies where it was so, up to the end while it lasts, and not at all outside', () => {
  const placed = placedMarks(
    [mark('before', 0, 500), mark('into', 0, 2000), mark('moment', 6000, 6000), mark('lasts', 9000)],
    RANGE,
  );

  expect(placed.map(({ mark: { id }, place }) => [id, place.left, place.width])).toEqual([
    ['into', 0, 0.1],
    ['moment', 0.5, 0],
    ['lasts', 0.8, expect.closeTo(0.2) as number],
  ]);
});

it('of more than can be told apart, the newest are drawn and what still lasts, in whatever order they come', () => {
  const old = Array.from({ length: 1000 }, (_each, at) => mark(`m${at}`, 1000 + at, 1000 + at));
  const all = [mark('lasts', 1000), ...old];

  for (const marks of [all, all.toReversed()]) {
    const ids = new Set(placedMarks(marks, RANGE).map(({ mark: { id } }) => id));
    expect(ids.size).toBe(600);
    expect([ids.has('lasts'), ids.has('m999'), ids.has('m0')]).toEqual([true, true, false]);
  }
});
