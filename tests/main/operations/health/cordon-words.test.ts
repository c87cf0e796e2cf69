import { expect, it } from 'vitest';
import { formatMinute } from '../../../../preload/contract/format/moments.ts';
import { whoCordoned } from '../../../../main/operations/health/rules/cordon-words.ts';

const node = { name: 'w-1', isReady: true, isSchedulable: false, atMs: 0 };

it('a node that somebody cordoned', () => {
  expect(whoCordoned(node)).toEqual({ detail: 'Somebody cordoned it. When that is over: kubectl uncordon w-1.' });
});

it('a node that Minos cordoned for a deed, since then', () => {
  const sinceMs = Date.UTC(2026, 10, 29, 18);

  expect(whoCordoned({ ...node, cordonedByMinosMs: sinceMs })).toEqual({
    detail: `Minos cordoned it at ${formatMinute(sinceMs)} for a deed. If that deed is over: kubectl uncordon w-1.`,
    sinceMs,
  });
});
