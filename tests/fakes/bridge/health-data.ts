import type {
  AttentionItem,
  AttentionState,
  ClusterSummary,
  EtcdMemberView,
  EtcdView,
  FleetRow,
  FleetState,
  HealthState,
  NodeHealth,
} from '../../../preload/contract/index.ts';
import { CONTEXTS, NODES, NOW_MS } from './cluster-data.ts';
import { failureOf, type FakeBridge } from './fake-bridge.ts';

/** Believable health of the cluster of cluster-data.ts: all well unless a test says otherwise. */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export function healthOf(node: string, rest: Partial<NodeHealth> = {}): NodeHealth {
  const known = NODES.find(({ target }) => target === node);
  const place = Number(node.split('.').at(-1) ?? 0);
  return {
    node,
    ...(known?.hostname === undefined ? {} : { hostname: known.hostname }),
    role: known?.role ?? 'worker',
    state: 'well',
    sinceMs: NOW_MS - 12 * DAY_MS,
    source: 'watch',
    seenAtMs: NOW_MS - 1000,
    isStale: false,
    stage: 'running',
    isReady: true,
    unmetConditions: [],
    services: [],
    diagnostics: [],
    version: 'v1.13.9',
    bootedAtMs: NOW_MS - 12 * DAY_MS - place * 3_600_000,
    cpu: { fraction: 0.08 + (place % 5) / 20, atMs: NOW_MS - 1000 },
    memory: { fraction: 0.35 + (place % 7) / 20, atMs: NOW_MS - 1000 },
    disk: {
      fraction: 0.2 + (place % 6) / 20,
      atMs: NOW_MS - 1000,
      mountedOn: '/var',
      usedBytes: 24 * 2 ** 30,
      totalBytes: 100 * 2 ** 30,
    },
    kubernetes: { name: known?.hostname ?? node, isReady: true, isSchedulable: true, atMs: NOW_MS - 1000 },
    mayGoDown: { answer: 'yes', reasons: ['Nothing depends on this one alone.'] },
    ...rest,
  };
}

/** Not reached for four minutes. */
export function downOf(node: string, rest: Partial<NodeHealth> = {}): NodeHealth {
  return healthOf(node, {
    state: 'not-reached',
    source: 'probe',
    sinceMs: NOW_MS - 4 * MINUTE_MS,
    seenAtMs: NOW_MS - 4 * MINUTE_MS - 3000,
    notReachedSinceMs: NOW_MS - 4 * MINUTE_MS,
    failure: failureOf('unreachable', 'cp-1 could not reach it: connection refused.'),
    mayGoDown: { answer: 'unknown', reasons: ['It is not reached.'] },
    ...rest,
  });
}

export function healthState(nodes: readonly NodeHealth[] = NODES.map(({ target }) => healthOf(target))): HealthState {
  return { context: 'prod-fra', nodes, atMs: NOW_MS };
}

export function attentionOf(id: string, rest: Partial<AttentionItem> = {}): AttentionItem {
  return {
    id,
    kind: 'node-down',
    severity: 'critical',
    title: 'worker-07 is not reached',
    detail: 'Every endpoint says that it cannot connect to it. Look whether the machine is on.',
    node: '10.5.0.17',
    sinceMs: NOW_MS - 4 * MINUTE_MS,
    seenAtMs: NOW_MS - 1000,
    action: { kind: 'open', label: 'Open worker-07', what: 'node', node: '10.5.0.17' },
    ...rest,
  };
}

export function attentionState(
  items: readonly AttentionItem[] = [],
  rest: Partial<AttentionState> = {},
): AttentionState {
  return { context: 'prod-fra', items, unknown: [], isNotifying: false, atMs: NOW_MS - 3000, ...rest };
}

export function etcdMemberOf(place: number, rest: Partial<EtcdMemberView> = {}): EtcdMemberView {
  const id = `8e9e05c52164694${place}`;
  return {
    id,
    hostname: `cp-${place}`,
    node: `10.5.0.${place + 1}`,
    peerUrls: [`https://10.5.0.${place + 1}:2380`],
    clientUrls: [`https://10.5.0.${place + 1}:2379`],
    isLearner: false,
    isLeader: place === 1,
    alarms: [],
    report: {
      atMs: NOW_MS - 3000,
      version: '3.6.4',
      storageVersion: '3.6.0',
      dbBytes: 84 * 2 ** 20,
      dbInUseBytes: 41 * 2 ** 20,
      leader: '8e9e05c521646941',
      raftIndex: 120_331,
      raftTerm: 4,
      raftAppliedIndex: 120_331,
      isLearner: false,
      errors: [],
    },
    ...rest,
  };
}

export function etcdView(rest: Partial<EtcdView> = {}): EtcdView {
  return {
    context: 'prod-fra',
    status: 'ready',
    members: [1, 2, 3].map((place) => etcdMemberOf(place)),
    leader: '8e9e05c521646941',
    quorum: { voters: 3, needed: 2, alive: 3, mayLose: 1 },
    atMs: NOW_MS - 3000,
    missing: [],
    ...rest,
  };
}

export function summaryOf(rest: Partial<ClusterSummary> = {}): ClusterSummary {
  return {
    context: 'prod-fra',
    clusterName: 'prod-fra',
    nodes: { well: 14, unwell: 0, unstable: 0, 'not-reached': 0, unknown: 0 },
    controlPlanes: 3,
    workers: 11,
    talosVersions: [
      { version: 'v1.13.9', count: 13 },
      { version: 'v1.13.8', count: 1 },
    ],
    kubernetesVersions: [{ version: 'v1.35.2', count: 14 }],
    kubernetesApi: {
      state: 'ready',
      servers: [2, 3, 4].map((place) => ({ node: `10.5.0.${place}`, isReady: true })),
      atMs: NOW_MS - 5000,
    },
    attention: { critical: 0, warning: 0, notice: 0 },
    atMs: NOW_MS,
    ...rest,
  };
}

export function fleetRowOf(context: string, rest: Partial<FleetRow> = {}): FleetRow {
  return {
    context,
    name: context,
    file: CONTEXTS[0]?.file ?? '',
    isProduction: false,
    state: 'up',
    atMs: NOW_MS - 3000,
    endpoints: [
      { endpoint: '10.5.0.2', state: 'up' },
      { endpoint: '10.5.0.3', state: 'up' },
    ],
    nodes: { up: 14, asked: 14, known: 14 },
    talosVersions: [{ version: 'v1.13.9', count: 14 }],
    earliestExpiry: { atMs: NOW_MS + 212 * DAY_MS, of: 'client' },
    attention: { count: 0 },
    ...rest,
  };
}

export function fleetState(rest: Partial<FleetState> = {}): FleetState {
  return { rows: CONTEXTS.map(({ id }) => fleetRowOf(id)), atMs: NOW_MS, ...rest };
}

/** Publishes all of it for one context, and answers the calls. */
export function serveHealth(bridge: FakeBridge, context = 'prod-fra'): FakeBridge {
  return bridge
    .answer('health.look', () => ({ ok: true, value: undefined }))
    .answer('health.refresh', () => ({ ok: true, value: undefined }))
    .answer('attention.mute', () => ({ ok: true, value: undefined }))
    .answer('attention.unmute', () => ({ ok: true, value: undefined }))
    .answer('attention.notify', () => ({ ok: true, value: undefined }))
    .answer('fleet.check', () => ({ ok: true, value: undefined }))
    .answer('fleet.stop', () => ({ ok: true, value: undefined }))
    .publish('health.state', { context }, { ...healthState(), context })
    .publish('attention.state', { context }, { ...attentionState(), context })
    .publish('etcd.state', { context }, { ...etcdView(), context })
    .publish('overview.state', { context }, { ...summaryOf(), context })
    .publish('fleet.state', {}, fleetState());
}
