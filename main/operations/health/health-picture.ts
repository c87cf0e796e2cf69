import type {
  AttentionItem,
  AttentionState,
  ClockState,
  ClusterSummary,
  EtcdView,
  HealthState,
  NodeHealth,
  NodesState,
  PoolStatus,
} from '../../../preload/contract/index.ts';
import { placeForTalosctl, type Destination } from '../clusters/destination.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import { findings, type AttentionMemory } from './attention-list.ts';
import { mayGoDown } from './may-go-down.ts';
import type { NodeEntry } from './node-entry.ts';
import { clusterSummary, type SummedNode } from './overview.ts';
import { PROBE_EVERY_MS } from './probe-plan.ts';

/** A node that was silent for longer is not known any more: it is asked every 2 s, or every 30 to 45 s. */
const STALE_WATCHED_MS = 12_000;
const STALE_PROBED_MS = 2.5 * PROBE_EVERY_MS;

/** Everything that the topics of one cluster's health say at a moment. */
export interface HealthPicture {
  readonly health: HealthState;
  readonly etcd: EtcdView;
  readonly attention: AttentionState;
  readonly overview: ClusterSummary;
}

/** What a {@link HealthPicture} is made of. */
export interface PictureParts {
  readonly nowMs: number;
  readonly destination: Destination;
  readonly nodes: readonly NodeEntry[];
  readonly etcd: EtcdView;
  /** The last snapshot of it that Minos took; undefined when that is not known. */
  readonly snapshot: EtcdView['snapshot'];
  readonly pool: PoolStatus;
  readonly clocks: ClockState;
  /** As discovery has it. */
  readonly found: NodesState;
  readonly memory: AttentionMemory;
  /** Until when an item is muted; undefined when it is not. */
  readonly mutedUntil: (item: string) => number | undefined;
  readonly isNotifying: boolean;
}

/** Judges everything that is known of a cluster. */
export function healthPicture(parts: PictureParts): HealthPicture {
  const { nowMs, destination, snapshot, pool, clocks, found, memory, mutedUntil, isNotifying } = parts;
  const etcd = snapshot === undefined ? parts.etcd : { ...parts.etcd, snapshot };
  const context = destination.id;
  const nodes = parts.nodes.map((entry) => summedNode(entry, nowMs));
  const place = placeForTalosctl(destination);
  const situation = {
    ...{ nowMs, nodes, etcd, pool, clocks, certificate: destination.certificate },
    talosctl: (targets: readonly string[], words: readonly string[]) => talosctlLine(place, targets, words),
  };
  const items = memory.items(findings(situation), nowMs).map((item): AttentionItem => {
    const mutedUntilMs = mutedUntil(item.id);
    return mutedUntilMs === undefined ? item : { ...item, mutedUntilMs };
  });
  const names = new Map(
    found.nodes.map((node) => [node.target, [node.target, node.hostname ?? '', ...node.addresses]]),
  );
  const down = { nodes, etcd, pool, namesOf: (node: string) => names.get(node) ?? [node] };
  return {
    health: {
      context,
      nodes: nodes.map((node) => shownNode(node, mayGoDown(node, down))),
      atMs: nowMs,
    },
    etcd,
    attention: { context, items, unknown: unknownOf(nodes, parts), isNotifying, atMs: nowMs },
    overview: clusterSummary(context, nodes, items, nowMs),
  };
}

function summedNode(entry: NodeEntry, nowMs: number): SummedNode {
  const { apiServer, stagedUpgrade, kubeletVersion, certificates, configError, failedVolumes, wrongGroups } =
    entry.facts;
  return {
    ...entry.view(nowMs, entry.isWatched ? STALE_WATCHED_MS : STALE_PROBED_MS),
    ...(apiServer && { apiServer }),
    ...(stagedUpgrade !== undefined && { stagedUpgrade }),
    ...(kubeletVersion !== undefined && { kubeletVersion }),
    ...(certificates && { certificates }),
    ...(configError && { configError }),
    ...(failedVolumes && { failedVolumes }),
    ...(wrongGroups && { wrongGroups }),
  };
}

function shownNode(node: SummedNode, mayGo: NodeHealth['mayGoDown']): NodeHealth {
  const {
    apiServer: _api,
    stagedUpgrade: _staged,
    kubeletVersion: _kubelet,
    certificates: _certificates,
    configError: _config,
    failedVolumes: _volumes,
    wrongGroups: _groups,
    ...rest
  } = node;
  return { ...rest, mayGoDown: mayGo };
}

/** What could not be looked at, one sentence each. */
function unknownOf(nodes: readonly SummedNode[], { found, etcd, clocks }: PictureParts): readonly string[] {
  const unasked = nodes.filter(({ state }) => state === 'unknown').length;
  const said = (what: string, failure: { readonly message: string } | undefined): readonly string[] =>
    failure === undefined ? [] : [`${what}: ${failure.message}`];
  return [
    ...(found.status === 'loading' ? ['The nodes have not been listed yet.'] : []),
    ...said('The nodes were not listed', found.failure),
    ...(unasked === 0 ? [] : [`Of ${unasked === 1 ? '1 node' : `${unasked} nodes`} nothing is known at the moment.`]),
    ...(etcd.status === 'loading' && found.status !== 'loading' ? ['etcd has not been read yet.'] : []),
    ...said('etcd was not read', etcd.failure),
    ...said('Clocks were not measured', clocks.failure),
  ];
}
