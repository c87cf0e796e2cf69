/** Clusters as the rules of the attention list meet them: calm ones, with one thing wrong each. */
import type { JudgedNode, Situation } from '../../../../main/operations/health/rules/situation.ts';
import type { EtcdMemberView, EtcdView, EndpointStatus } from '../../../../preload/contract/index.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';

export const NOW = Date.UTC(2026, 0, 10, 12, 0, 0);
export const DAY_MS = 86_400_000;
const MIB = 1024 ** 2;

export const node = (name: string, more: Partial<JudgedNode> = {}): JudgedNode => ({
  node: name,
  role: name.startsWith('cp') ? 'controlplane' : 'worker',
  state: 'well',
  source: 'watch',
  seenAtMs: NOW - 1_000,
  isStale: false,
  stage: 'running',
  isReady: true,
  unmetConditions: [],
  services: [],
  diagnostics: [],
  ...more,
});

export const member = (name: string, more: Partial<EtcdMemberView> = {}): EtcdMemberView => ({
  id: name.padStart(16, '0'),
  hostname: name,
  node: name,
  peerUrls: [],
  clientUrls: [],
  isLearner: false,
  isLeader: name === 'cp-1',
  alarms: [],
  report: {
    atMs: NOW,
    version: '3.6.6',
    storageVersion: '3.6.0',
    dbBytes: 100 * MIB,
    dbInUseBytes: 80 * MIB,
    leader: 'cp-1',
    raftIndex: 1,
    raftTerm: 1,
    raftAppliedIndex: 1,
    isLearner: false,
    errors: [],
  },
  ...more,
});

export const sized = (name: string, dbMib: number, inUseMib: number): EtcdMemberView => {
  const { report } = member(name);
  return member(name, { report: { ...report!, dbBytes: dbMib * MIB, dbInUseBytes: inUseMib * MIB } });
};

export const etcd = (more: Partial<EtcdView> = {}): EtcdView => ({
  context: 'prod',
  status: 'ready',
  members: [member('cp-1'), member('cp-2'), member('cp-3')],
  leader: 'cp-1',
  quorum: { voters: 3, needed: 2, alive: 3, mayLose: 1 },
  atMs: NOW,
  missing: [],
  ...more,
});

export const leaderless = (): EtcdView => {
  const { leader: _leader, ...view } = etcd();
  return view;
};

export const endpoint = (name: string, more: Partial<EndpointStatus> = {}): EndpointStatus => ({
  endpoint: name,
  target: `${name}:50000`,
  phase: 'ready',
  sinceMs: 0,
  roundTripsMs: [],
  calls: 0,
  activeCalls: 0,
  failures: [],
  ...more,
});

export const down = (name: string): EndpointStatus =>
  endpoint(name, {
    phase: 'backing-off',
    downSinceMs: NOW - 9_000,
    failure: failureOf('unreachable', `${name} refuses.`),
  });

export const pool = (...endpoints: readonly EndpointStatus[]): Situation['pool'] => ({
  context: 'prod',
  endpoints,
  summary: 'ready',
  hints: [],
});

export const calm = (more: Partial<Situation> = {}): Situation => ({
  nowMs: NOW,
  nodes: [node('cp-1'), node('cp-2'), node('cp-3'), node('w-1')],
  etcd: etcd(),
  clocks: { context: 'prod', status: 'known', clocks: [] },
  pool: pool(endpoint('cp-1')),
  certificate: {
    ...{ subject: '', issuer: '', roles: [], serial: '', fingerprint: 'f0' },
    ...{ notBeforeMs: 0, notAfterMs: NOW + 300 * DAY_MS },
  },
  talosctl: (nodes, words) => ['talosctl', '-n', nodes.join(','), ...words].join(' '),
  ...more,
});

export const nodes = (more: Partial<JudgedNode>): Partial<Situation> => ({
  nodes: [node('cp-1'), node('cp-2'), node('cp-3'), node('w-1', more)],
});
export const clocks = (...aheadMs: readonly number[]): Partial<Situation> => ({
  clocks: {
    context: 'prod',
    status: 'known',
    clocks: aheadMs.map((ahead, index) => ({
      node: `cp-${index + 1}`,
      aheadMs: ahead,
      errorMs: 5,
      atMs: NOW - 60_000,
    })),
  },
});
export const certificateEnding = (inDays: number): Partial<Situation> => ({
  certificate: { ...calm().certificate!, notAfterMs: NOW + inDays * DAY_MS },
});
export const shown = (seenMsAgo: number, leftMs: number): Partial<Situation> => {
  const seenAtMs = NOW - seenMsAgo;
  return {
    pool: pool(endpoint('cp-1', { certificate: { subject: '', names: [], seenAtMs, notAfterMs: seenAtMs + leftMs } })),
  };
};
export const HOUR_MS = 3_600_000;
/** A certificate of the life of a year, or of a day, that a machine has kept since it was read ten minutes ago. */
export const kept = (leftMs: number, more: object = {}): JudgedNode['certificates'] => ({
  atMs: NOW - 600_000,
  held: [
    {
      ...{ purpose: 'etcd', place: 'etcd', subject: 'CN=cp-1', isAuthority: false },
      ...{ notBeforeMs: NOW + leftMs - 365 * DAY_MS, notAfterMs: NOW + leftMs, ...more },
    },
  ],
});
export const authority = (leftMs: number, place = 'issuingCA'): Partial<Situation> => {
  const certificates = kept(leftMs, { purpose: 'Talos authority', place, subject: 'O=talos', isAuthority: true });
  return { nodes: ['cp-1', 'cp-2', 'w-1'].map((name) => node(name, { certificates: certificates! })) };
};
export const daily = (leftMs: number): JudgedNode['certificates'] =>
  kept(leftMs, { purpose: 'Talos API', place: 'server', notBeforeMs: NOW + leftMs - DAY_MS });
export const keeps = (certificates: JudgedNode['certificates']): Partial<Situation> => ({
  nodes: [node('cp-1', { certificates: certificates! })],
});
export const service = (id: string, state: 'failed' | 'unhealthy' | 'not-running', message = ''): Partial<Situation> =>
  nodes({ state: 'unwell', isReady: false, services: [{ id, state, message, sinceMs: NOW - 5 }] });
