import { expect, it } from 'vitest';
import type { DeedMark, LastTime } from '../../../../preload/contract/index.ts';
import { actsOf, tookWords } from '../../../../renderer/features/deeds/deed-timeline.ts';

const act = (name: string, fromMs: number, toMs?: number): DeedMark => ({
  ...{ kind: 'act', name, fromMs },
  ...(toMs !== undefined && { toMs }),
});
const LAST: LastTime = {
  atMs: 0,
  spans: [
    { kind: 'act', name: 'Waits', ms: 38_000 },
    { kind: 'phase', name: 'cleanup', ms: 3_000 },
    { kind: 'act', name: 'Waits', ms: 5_000 },
  ],
};

it('each act and phase is compared with the last time: the second of a name with the second of then', () => {
  const marks: readonly DeedMark[] = [
    act('Waits', 0, 42_000),
    { kind: 'phase', name: 'cleanup', fromMs: 1_000, toMs: 3_000 },
    act('Asks', 42_000, 43_000),
    act('Waits', 43_000),
  ];
  const [first, asks, second] = actsOf(marks, 50_000, LAST);
  expect(first).toMatchObject({ tookMs: 42_000, against: { ms: 38_000, words: 'last time 38 s' } });
  expect(first?.phases[0]?.words).toBe('cleanup, 2 s, last time 3 s');
  expect(asks?.against).toBeUndefined();
  expect(second).toMatchObject({ tookMs: 7_000, against: { ms: 5_000, isLonger: false } });
  expect(actsOf(marks, 51_000, LAST)[2]?.against?.isLonger).toBe(true);
  expect(actsOf(marks, 50_000, { ...LAST, name: 'worker-2' })[0]?.against?.words).toBe('38 s on worker-2');
  expect(actsOf(marks, 50_000)[0]?.against).toBeUndefined();
});

it('what took a moment then and now is not compared', () => {
  const last: LastTime = { atMs: 0, spans: [{ kind: 'act', name: 'Asks', ms: 300 }] };
  expect(actsOf([act('Asks', 0, 1_900)], 0, last)[0]?.against).toBeUndefined();
  expect(actsOf([act('Asks', 0, 2_100)], 0, last)[0]?.against).toBeDefined();
});

it('a span is told to the second, also above a minute', () => {
  expect([0, 999, 42_000, 60_000, 72_500, 3_600_000].map(tookWords)).toEqual([
    ...['0 s', '0 s', '42 s', '1 min', '1 min 12 s', '60 min'],
  ]);
});
