import { describe, expect, it } from 'vitest';
import { mayGoDown, type DownSituation } from '../../../../main/operations/health/may-go-down.ts';
import type { EtcdView, NodeHealth } from '../../../../preload/contract/index.ts';

type Node = Omit<NodeHealth, 'mayGoDown'>;

const node = (name: string, more: Partial<Node> = {}): Node => ({
  node: name,
  role: name.startsWith('cp') ? 'controlplane' : 'worker',
  state: 'well',
  source: 'watch',
  isStale: false,
  unmetConditions: [],
  services: [],
  diagnostics: [],
  kubernetes: { name, isReady: true, isSchedulable: true, atMs: 0 },
  ...more,
});

/** `alive` of `voters` answer; the first ones. */
function etcd(voters: number, alive: number, more: Partial<EtcdView['members'][number]> = {}): EtcdView {
  const needed = Math.floor(voters / 2) + 1;
  const sizes = { dbBytes: 1, dbInUseBytes: 1, raftIndex: 1, raftTerm: 1, raftAppliedIndex: 1 };
  const report = { atMs: 0, version: '', storageVersion: '', ...sizes };
  const members = Array.from({ length: voters }, (_each, index): EtcdView['members'][number] => ({
    ...{ id: `m${index}`, hostname: `cp-${index + 1}`, node: `cp-${index + 1}`, peerUrls: [], clientUrls: [] },
    ...{ isLearner: false, isLeader: index === 0, alarms: [] },
    ...(index < alive && { report: { ...report, isLearner: false, errors: [] } }),
    ...(index === voters - 1 ? more : {}),
  }));
  const quorum = { voters, needed, alive, mayLose: alive - needed };
  return { context: 'c', status: 'ready', members, quorum, missing: [] };
}

const ready = (endpoint: string): DownSituation['pool']['endpoints'][number] => ({
  ...{
    endpoint,
    target: endpoint,
    phase: 'ready',
    sinceMs: 0,
    roundTripsMs: [],
    calls: 0,
    activeCalls: 0,
    failures: [],
  },
});

const three = [node('cp-1'), node('cp-2'), node('cp-3'), node('w-1'), node('w-2')];

const asked = (name: string, more: Partial<DownSituation> = {}): string => {
  const situation: DownSituation = {
    nodes: three,
    etcd: etcd(3, 3),
    pool: { context: 'c', endpoints: [ready('cp-1'), ready('cp-2:50000')], summary: 'ready', hints: [] },
    namesOf: (of) => [of],
    ...more,
  };
  const { answer, reasons } = mayGoDown(
    situation.nodes.find((one) => one.node === name)!,
    situation,
  );
  return `${answer}: ${reasons[0]}`;
};

const pool = (...endpoints: readonly string[]): Partial<DownSituation> => ({
  pool: { context: 'c', endpoints: endpoints.map(ready), summary: 'ready', hints: [] },
});
const changed = (name: string, more: Partial<Node>): Partial<DownSituation> => ({
  nodes: three.map((one) => (one.node === name ? { ...one, ...more } : one)),
});

/** It has not said what Kubernetes thinks of it. */
const untold = (name: string): Partial<DownSituation> => ({
  nodes: three.map((one) => {
    const { kubernetes: _kubernetes, ...rest } = one;
    return one.node === name ? rest : one;
  }),
});
/** The member of cp-3 answers, and is cut off from the others. */
function cutOff(): EtcdView {
  return {
    ...etcd(3, 2),
    leader: 'm0',
    members: etcd(3, 3).members.map((one, index) => ({
      ...one,
      ...(one.report && { report: { ...one.report, ...(index < 2 && { leader: 'm0' }) } }),
    })),
  };
}
/** One of three members is on no machine that is known. */
function homeless(): EtcdView {
  const view = etcd(3, 3);
  return {
    ...view,
    members: view.members.map((one) => {
      const { node: _node, ...rest } = one;
      return one.node === 'cp-3' ? rest : one;
    }),
  };
}

describe('may a machine go down now?', () => {
  it.each([
    ['cp-2', {}, 'yes: etcd keeps 2 of 3 members and needs 2.'],
    ['w-1', {}, 'yes: No etcd runs on it; Kubernetes moves its pods once they are drained.'],
    ['cp-1', { etcd: etcd(3, 2) }, 'no: etcd would stop: 2 of 3 members answer, and 2 are needed.'],
    // Its member does not answer: without it etcd is as before.
    ['cp-3', { etcd: etcd(3, 2) }, 'yes: etcd keeps 2 of 3 members and needs 2.'],
    ['cp-2', { etcd: cutOff() }, 'no: etcd would stop: 2 of 3 members answer, and 2 are needed.'],
    ['cp-3', { etcd: cutOff() }, 'yes: etcd keeps 2 of 3 members and needs 2.'],
    ['cp-3', { etcd: etcd(3, 1) }, 'no: etcd has no quorum: 1 of 3 members answer, and 2 are needed.'],
    ['cp-3', { etcd: etcd(3, 3, { isLearner: true }) }, 'yes: etcd keeps 3 of 3 members and needs 2.'],
    ['cp-3', { etcd: homeless() }, 'unknown: Which member of etcd runs on it is not known.'],
    ['cp-1', { etcd: etcd(2, 2) }, 'no: etcd would stop: 2 of 2 members answer, and 2 are needed.'],
    [
      'cp-1',
      { nodes: [node('cp-1'), node('w-1')], etcd: etcd(1, 1) },
      'no: It is the only control plane: without it the cluster has no API and no etcd.',
    ],
    ['cp-1', { etcd: etcd(3, 3, { alarms: ['NOSPACE'] }) }, 'no: etcd has raised NOSPACE.'],
    ['cp-1', { etcd: etcd(3, 3, { isLearner: true }) }, 'no: cp-3 is still joining etcd as a learner.'],
    ['cp-1', changed('cp-2', { state: 'unwell' }), 'no: cp-2 is not well: one control plane at a time.'],
    ['cp-1', changed('cp-2', { state: 'unknown' }), 'unknown: Nothing is known of cp-2 at the moment.'],
    ['cp-1', { etcd: { ...etcd(3, 3), status: 'stale' } }, 'unknown: What etcd needs is not known at the moment.'],
    [
      'cp-1',
      pool('cp-1:50000'),
      'no: It is the only endpoint that answers: without it Minos does not reach this cluster.',
    ],
    [
      'w-1',
      changed('w-2', { kubernetes: { name: 'w-2', isReady: false, isSchedulable: true, atMs: 0 } }),
      'no: No other worker is ready to take its pods.',
    ],
    ['w-1', changed('w-1', { role: 'unknown' }), 'unknown: It is not known whether it is a control plane.'],
    ['w-1', changed('w-1', { isStale: true }), 'unknown: Nothing new is known of it.'],
    ['w-1', changed('w-1', { state: 'not-reached' }), 'unknown: It is not reached: what it still does is not known.'],
    ['cp-3', changed('cp-3', { state: 'not-reached' }), 'unknown: It is not reached: what it still does is not known.'],
    ['w-1', changed('w-1', { state: 'unknown' }), 'unknown: Nothing new is known of it.'],
    ['w-1', untold('w-2'), 'unknown: Whether another worker is ready to take its pods is not known.'],
  ] as const)('%s (%#)', (name, situation, expected) => {
    expect(asked(name, situation)).toBe(expected);
  });
});
