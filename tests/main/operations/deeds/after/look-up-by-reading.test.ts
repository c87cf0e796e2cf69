import { expect, it } from 'vitest';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import type { Evidence } from '../../../../../main/operations/deeds/kit/definition.ts';
import { lookUpByReading } from '../../../../../main/operations/deeds/kit/look-up-by-reading.ts';
import type { MachineBefore } from '../../../../../main/operations/plans/journal.ts';

const NODE = '10.0.0.1';
const PREVIEW = { deed: 'Have cp-1 leave etcd', machines: [], talosctl: 'talosctl etcd leave', atMs: 0 };

async function kindOf(sinceMs: number, now: Evidence, before: MachineBefore): Promise<string> {
  const { kind } = await lookUpByReading({
    ...{ caller: {} as Caller, node: NODE, name: 'cp-1', another: undefined },
    ...{ before, sinceMs, signal: new AbortController().signal },
    plan: () => Promise.resolve({ preview: PREVIEW, seen: new Map([[NODE, { words: 'member 1', ...now }]]) }),
  });
  return kind;
}

const CASES: readonly (readonly [string, Evidence, Evidence])[] = [
  ['by what the deed leaves', { isDone: false }, { isDone: true }],
  ['by what is another', { trace: 'a' }, { trace: 'b' }],
];

it.each(CASES)('it was not done once its call cannot be under way any more: %s', async (_name, as, once) => {
  const minutes = { settlesMs: 330_000, trace: 'a' };
  expect(await kindOf(0, as, minutes)).toBe('goes-on');
  expect(await kindOf(329_000, as, minutes)).toBe('goes-on');
  expect(await kindOf(330_000, as, minutes)).toBe('not-done');
  // A minute where the plan says nothing else.
  expect(await kindOf(59_000, as, { trace: 'a' })).toBe('goes-on');
  expect(await kindOf(60_000, as, { trace: 'a' })).toBe('not-done');
  expect(await kindOf(0, once, minutes)).toBe('done');
});
