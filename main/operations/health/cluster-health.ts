import type {
  AttentionState,
  ClusterSummary,
  EtcdView,
  HealthState,
  NodeHealth,
  NodesState,
  NodeSummary,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { mapped, type Observable } from '../../lib/observable.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { AttentionChoices } from './attention-choices.ts';

/** How often a node that is not watched is asked, ms. */
const PROBE_EVERY_MS = 30_000;

/** What {@link ClusterHealth} needs. */
export interface ClusterHealthOptions {
  readonly attention: AttentionChoices;
  readonly clock: Clock;
}

/** The health of one cluster: of its nodes, its etcd, and what is wrong with it. */
export class ClusterHealth {
  readonly health: Observable<HealthState>;
  readonly attention: Observable<AttentionState>;
  readonly etcd: Observable<EtcdView>;
  readonly overview: Observable<ClusterSummary>;
  #inView: readonly string[] = [];

  constructor(cluster: Cluster, { clock, attention }: ClusterHealthOptions) {
    const from = <T>(map: (state: NodesState) => T): Observable<T> => mapped<NodesState, T>(cluster.nodes, map);
    this.health = from(({ context, nodes }) => ({
      context,
      nodes: nodes.map(unasked),
      inView: this.#inView,
      probeEveryMs: PROBE_EVERY_MS,
      atMs: clock.now(),
    }));
    this.attention = from(({ context }) => ({
      context,
      items: [],
      unknown: ['Nothing was looked at yet.'],
      isNotifying: attention.chosen.current.isNotifying,
      atMs: clock.now(),
    }));
    this.etcd = from(({ context }) => ({ context, status: 'loading', members: [], missing: [] }));
    this.overview = from(({ context, nodes }) => ({
      context,
      nodes: { well: 0, unwell: 0, unstable: 0, 'not-reached': 0, unknown: nodes.length },
      controlPlanes: nodes.filter(({ role }) => role === 'controlplane').length,
      workers: nodes.filter(({ role }) => role === 'worker').length,
      talosVersions: [],
      kubernetesVersions: [],
      kubernetesApi: { state: 'unknown', servers: [] },
      attention: { critical: 0, warning: 0, notice: 0 },
      atMs: clock.now(),
    }));
  }

  /** Which nodes are in view now. */
  look(nodes: readonly string[]): void {
    this.#inView = nodes;
  }
}

function unasked({ target, hostname, role, seen }: NodeSummary): NodeHealth {
  const isGone = seen !== undefined && seen.state !== 'online';
  return {
    node: target,
    ...(hostname !== undefined && { hostname }),
    role,
    state: isGone ? 'not-reached' : 'unknown',
    source: 'probe',
    ...(seen?.state === 'online' && { seenAtMs: seen.atMs }),
    ...(isGone && { notReachedSinceMs: seen.sinceMs ?? seen.atMs }),
    isStale: true,
    unmetConditions: [],
    services: [],
    diagnostics: [],
    mayGoDown: { answer: 'unknown', reasons: ['Nothing is known of this node yet.'] },
  };
}
