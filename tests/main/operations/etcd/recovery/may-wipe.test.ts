import { expect, it } from 'vitest';
import { mayWipe, type WipeFacts } from '../../../../../main/operations/deeds/etcd/may-wipe.ts';
import type { SnapshotRecord } from '../../../../../main/operations/etcd/known-snapshots.ts';
import type { ControlPlaneEtcd } from '../../../../../preload/contract/index.ts';

const COPY = { from: 'disk', node: 'n1', revision: 7, hash: '1a2b3c4d', atMs: 0 } as SnapshotRecord;

const machine = (at: number, but: Partial<ControlPlaneEtcd> = {}): ControlPlaneEtcd => ({
  ...{ node: `n${at}`, name: `cp-${at}`, isControlPlane: true, service: 'Running', isHealthy: false },
  ...{ data: 'present', ...but },
});
const SILENT = { node: 'n2', name: 'cp-2', failure: 'It is not reached.' };
const EMPTY = machine(3, { service: 'Preparing', data: 'empty' });
const judged = (facts: Partial<WipeFacts>) =>
  mayWipe({ node: 'n1', all: [machine(1), SILENT, EMPTY], copy: COPY, isLossSaid: false, ...facts });

it('may go without a quorum once it was copied, and says which machines may still have an etcd', () => {
  expect(judged({})).toMatchObject({
    now: 'etcd is Running, with data',
    effects: [
      expect.stringMatching(/^its database was copied: of n1, revision 7/) as string,
      expect.stringMatching(/^nothing is known of cp-2. If etcd runs there.*nothing has to be wiped/) as string,
    ],
  });
  expect(judged({}).refused).toBeUndefined();
});

it('may go without a copy only when it is said in so many words that it is lost', () => {
  expect(judged({ copy: undefined }).refused).toMatch(/Copy it first, or say that it is lost/);
  const said = judged({ copy: undefined, isLossSaid: true });
  expect([said.refused, said.effects[0]]).toEqual([
    undefined,
    'no copy of its database is known: what etcd holds there is lost for good.',
  ]);
});

it.each<[string, Partial<WipeFacts>, RegExp]>([
  ['a worker', { all: [machine(1, { isControlPlane: false })] }, /no control plane/],
  ['one without data', { all: [machine(1, { data: 'empty' })] }, /No data of etcd is there/],
  ['one that does not answer', { all: [{ ...SILENT, node: 'n1' }] }, /not reached/],
  [
    'a member of an etcd that is led',
    { all: [machine(1, { member: 'a', leader: 'a' })], listed: new Set(['a', 'n1']) },
    /have it leave, or remove it/,
  ],
  [
    'one beside a leader, while nobody lists the members',
    { all: [machine(1), machine(2, { member: 'b', leader: 'b' })] },
    /cannot be listed/,
  ],
  [
    'one that follows a leader of another etcd than the one that is listed',
    {
      all: [machine(1, { member: 'a', leader: 'c' }), machine(2, { member: 'b', leader: 'b' })],
      listed: new Set(['b', 'n2']),
    },
    /there are two/,
  ],
  [
    'one of a majority that answers',
    { all: [machine(1, { member: 'a' }), machine(2, { member: 'b' }), SILENT] },
    /2 of 3 control planes: they may still agree on a leader/,
  ],
  [
    'one whose etcd has just started, as right after it was recovered,',
    { all: [{ ...machine(1, { member: 'a' }), isHealthy: undefined }, EMPTY] as WipeFacts['all'] },
    /has just started on cp-1, and Talos has not checked it yet/,
  ],
])('%s may not be wiped, copied or not', (_what, facts, why) => {
  expect(judged({ isLossSaid: true, ...facts }).refused).toMatch(why);
});

it('data that a led etcd does not list may go once it was copied: the one that leads may be a second etcd', () => {
  const all = [machine(1, { service: 'Failed' }), machine(2, { member: 'b', leader: 'b' })];
  const listed = new Set(['b', 'n2']);

  expect(judged({ all, listed, copy: undefined }).refused).toMatch(/Copy it first/);
  expect(judged({ all, listed }).refused).toBeUndefined();
});

it('silent machines that may be workers do not make few of the members that answer', () => {
  const maybe = [4, 5, 6, 7].map((at) => ({
    ...{ node: `n${at}`, name: `x-${at}`, failure: 'It is not reached.' },
    isMaybe: true as const,
  }));
  const all = [1, 2, 3].map((at) => machine(at, { member: `m${at}` }));

  expect(judged({ all: [...all, ...maybe] }).refused).toMatch(/answers on 3 of 3 control planes/);
});

it('a learner that answers does not make a majority: it has no vote', () => {
  const all = [machine(1, { member: 'a' }), machine(2, { member: 'b', isLearner: true }), { ...SILENT, node: 'n3' }];

  expect(judged({ all }).refused).toBeUndefined();
});

it('one alone that leads nobody may be wiped once it was copied: its other members are not known any more', () => {
  expect(judged({ all: [machine(1, { member: 'a' })] }).refused).toBeUndefined();
});
