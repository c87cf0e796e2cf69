import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failed } from '../../../../../main/lib/failed.ts';
import { silentLog } from '../../../../../main/lib/log.ts';
import type { Caller } from '../../../../../main/operations/clusters/caller.ts';
import type { SnapshotRecord } from '../../../../../main/operations/etcd/known-snapshots.ts';
import { KeptRecoveries } from '../../../../../main/operations/etcd/recovery/kept-recoveries.ts';
import { Recoveries, type RecoveriesOptions } from '../../../../../main/operations/etcd/recovery/recoveries.ts';
import { recoverySteps } from '../../../../../main/operations/etcd/recovery/steps.ts';
import { recoveryWay } from '../../../../../main/operations/etcd/recovery/way.ts';
import type { KnownSnapshot } from '../../../../../preload/contract/index.ts';
import { nodeOf } from '../../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const { signal } = new AbortController();

const clock = new FakeClock();
const snapshot = (id: string, revision: number, ageMs: number, but: Partial<KnownSnapshot> = {}): KnownSnapshot => ({
  ...{ id, name: id, from: 'schedule', atMs: clock.now() - ageMs, bytes: 1, hasHash: true, revision, hash: 'x' },
  ...but,
});

/** Nobody answers; what is chosen follows from the snapshots alone. */
const silent = {
  unary: () => Promise.reject(new Failed({ code: 'unreachable', message: 'Nobody answers.' })),
  explain: (error: unknown) => (error as Failed).failure,
} as unknown as Caller;

function recoveries(snapshots: readonly KnownSnapshot[], at = new FakeClock(clock.now())) {
  const nodes = {
    current: { nodes: [nodeOf('10.5.0.2', { role: 'controlplane' })] },
    refresh: () => Promise.resolve(),
  };
  const made = new Recoveries({
    clusterOf: () => 'c',
    clusters: { get: () => ({ nodes }), of: () => silent } as unknown as RecoveriesOptions['clusters'],
    known: {
      shown: () => Promise.resolve(snapshots),
      find: (id) => (snapshots.some((one) => one.id === id) ? ({ id, cluster: 'c' } as SnapshotRecord) : undefined),
    },
    kept: new KeptRecoveries({ path: '/none', log: silentLog, isKept: () => false }),
    hasOfBefore: () => false,
    clock: at,
  });
  return { made, at, chosen: async () => (await made.look('c', signal)).chosen };
}

describe('the snapshot to go on with', () => {
  it('is the one with the highest revision', async () => {
    expect(await recoveries([snapshot('old', 5, DAY_MS), snapshot('new', 9, HOUR_MS)]).chosen()).toBe('new');
  });

  it('is for the user to say where a newer one has a lower revision: etcd was begun anew since', async () => {
    expect(await recoveries([snapshot('before', 9_000, DAY_MS), snapshot('new', 5, HOUR_MS)]).chosen()).toBeUndefined();
  });

  it('is what was copied in this recovery, whichever member is behind', async () => {
    const { made, at, chosen } = recoveries([
      snapshot('best', 9, -1_000, { from: 'disk' }),
      snapshot('behind', 7, -2_000, { from: 'disk' }),
    ]);
    await made.begin('c');
    at.advance(5_000);

    expect(await chosen()).toBe('best');
  });

  it('is no other one than the user chose, also once that is gone', async () => {
    const snapshots = [snapshot('best', 9, HOUR_MS), snapshot('mine', 5, DAY_MS)];
    const { made, chosen } = recoveries(snapshots);
    await made.begin('c', 'mine');
    expect(await chosen()).toBe('mine');
    snapshots[1] = { ...snapshots[1]!, isGone: true };

    expect(await chosen()).toBeUndefined();
  });

  it('of a recovery that was begun days ago and never ended says nothing', async () => {
    const { made, at, chosen } = recoveries([snapshot('best', 9, HOUR_MS), snapshot('mine', 5, DAY_MS)]);
    await made.begin('c', 'mine');
    at.advance(90 * DAY_MS);

    expect(await chosen()).toBe('best');
    expect((await made.look('c', signal)).begunMs).toBeUndefined();
  });
});

it('two recoveries that are begun at the same moment are both kept, also for the next Minos', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'minos-recoveries-'));
  const options = { path: join(folder, 'recoveries.json'), log: silentLog, isKept: () => true };
  const kept = new KeptRecoveries(options);

  await Promise.all([kept.keep('a', 1), kept.keep('b', 2, 's')]);

  const next = new KeptRecoveries(options);
  await next.load();
  for (const one of [kept, next])
    expect([one.of('a', 3)?.begunMs, one.of('b', 3)?.snapshot, one.isChosen('s')]).toEqual([1, 's', true]);
  await rm(folder, { recursive: true });
});

it('data that etcd does not list is copied before it is wiped', () => {
  const situation = {
    controlPlanes: [
      { node: 'n1', name: 'cp-1', isControlPlane: true, data: 'present' as const, member: 'a', leader: 'a' },
      { node: 'n2', name: 'cp-2', isControlPlane: true, data: 'present' as const },
    ],
    members: [{ id: 'a', hostname: 'cp-1', node: 'n1', isLearner: false, report: { leader: 'a' } as never }],
    ...{ leader: 'a', snapshots: [] },
  };
  const verdict = recoveryWay(situation);
  const steps = recoverySteps({ situation, verdict, begunMs: 0, chosen: undefined, line: () => '' });

  expect(steps.map(({ id, state }) => [id, state])).toEqual([
    ['snapshot', 'now'],
    ['copy:n2', 'now'],
    ['wipe:n2', 'later'],
    ['well', 'later'],
  ]);
});
