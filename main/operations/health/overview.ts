import type {
  AttentionItem,
  ClusterSummary,
  KubernetesApi,
  NodeState,
  VersionCount,
} from '../../../preload/contract/index.ts';
import type { ToldFacts } from './told-facts.ts';
import type { JudgedNode } from './rules/situation.ts';

/** A node with what only the overview counts. */
export interface SummedNode extends JudgedNode {
  readonly apiServer?: NonNullable<ToldFacts['apiServer']>;
}

/** A cluster in some figures. Muted items count for nothing. */
export function clusterSummary(
  context: string,
  nodes: readonly SummedNode[],
  items: readonly AttentionItem[],
  nowMs: number,
): ClusterSummary {
  const told = items.filter(({ mutedUntilMs }) => mutedUntilMs === undefined);
  const count = (severity: AttentionItem['severity']): number =>
    told.filter((item) => item.severity === severity).length;
  const states: Record<NodeState, number> = { well: 0, unwell: 0, unstable: 0, 'not-reached': 0, unknown: 0 };
  for (const { state } of nodes) states[state] += 1;
  return {
    context,
    nodes: states,
    controlPlanes: nodes.filter(({ role }) => role === 'controlplane').length,
    workers: nodes.filter(({ role }) => role === 'worker').length,
    talosVersions: versionCounts(nodes.map(({ version }) => version)),
    kubernetesVersions: versionCounts(nodes.map(({ kubeletVersion }) => kubeletVersion)),
    kubernetesApi: kubernetesApi(nodes),
    attention: { critical: count('critical'), warning: count('warning'), notice: count('notice') },
    atMs: nowMs,
  };
}

/** How many have each version, the most frequent first; those that are not known are left out. */
export function versionCounts(versions: readonly (string | undefined)[]): readonly VersionCount[] {
  const counts = new Map<string, number>();
  for (const version of versions) if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + 1);
  const all = [...counts].map(([version, count]): VersionCount => ({ version, count }));
  return all.sort((a, b) => b.count - a.count || (a.version < b.version ? 1 : -1));
}

function kubernetesApi(nodes: readonly SummedNode[]): KubernetesApi {
  // What a control plane said before nothing was known of it any more says nothing of now.
  const told = nodes.flatMap(({ node, state, apiServer }) =>
    apiServer === undefined || state === 'unknown' ? [] : [{ node, ...apiServer }],
  );
  const servers = told.map(({ node, isReady }) => ({ node, isReady }));
  const ready = servers.filter(({ isReady }) => isReady).length;
  // A control plane that is not reached serves nobody, whatever it said last.
  const gone = nodes.filter(({ role, state }) => role === 'controlplane' && state === 'not-reached').length;
  if (told.length === 0) return { state: 'unknown', servers };
  const state = ready === 0 ? 'not-ready' : ready < servers.length + gone ? 'degraded' : 'ready';
  return { state, servers, atMs: Math.min(...told.map(({ atMs }) => atMs)) };
}
