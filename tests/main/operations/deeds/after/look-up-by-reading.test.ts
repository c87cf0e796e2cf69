import { expect, it } from 'vitest';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import type { Evidence, LookUp } from '../../../../../main/operations/deeds/kit/definition.ts';
import { lookUpByReading } from '../../../../../main/operations/deeds/kit/look-up-by-reading.ts';
import { imagePull } from '../../../../../main/operations/deeds/small/image-pull.ts';
import type { MachineBefore } from '../../../../../main/operations/plans/journal.ts';
import { NO_CONFIGS } from '../../../../fakes/no-configs.ts';

const NODE = '10.0.0.1';
const PREVIEW = { deed: 'Have cp-1 leave etcd', machines: [], talosctl: 'talosctl etcd leave', atMs: 0 };

async function kindOf(
  sinceMs: number,
  now: Evidence,
  before: MachineBefore,
  lookUp: LookUp = lookUpByReading,
): Promise<string> {
  const { kind } = await lookUp({
    ...{ caller: {} as Caller, node: NODE, name: 'cp-1', another: undefined },
    ...{ configs: NO_CONFIGS, params: {}, identity: { uuid: undefined, nodeId: undefined } },
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

it('an image that was there already, and is there as it was, may have been pulled again', async () => {
  const kind = (now: string, before: string) =>
    kindOf(3_600_000, { trace: now }, { trace: before }, imagePull.lookUp ?? expect.fail());
  expect(await kind('sha256:a', 'sha256:a')).toBe('unknown');
  expect(await kind('sha256:b', 'sha256:a')).toBe('done');
  expect(await kind('sha256:a', 'none')).toBe('done');
  expect(await kind('none', 'none')).toBe('not-done');
});
