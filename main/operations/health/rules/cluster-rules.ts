import { CLOCK_APART_MS, isApart } from '../../clusters/clock-skew.ts';
import { titleOf, type Finding, type JudgedNode, type AttentionRule } from './situation.ts';

/** Id of the item that says that no endpoint answers: then nothing is known of anything else. */
export const NO_ENDPOINT = 'endpoint-down all';

/** Endpoints that do not answer; when none does, that alone. */
export const endpointsDown: AttentionRule = ({ pool, nowMs }) => {
  const used = pool.endpoints.filter(({ phase }) => phase !== 'disabled');
  const down = used.filter(({ downSinceMs }) => downSinceMs !== undefined);
  const action = { kind: 'open', label: 'Open the endpoints', what: 'endpoints' } as const;
  const common = { kind: 'endpoint-down', seenAtMs: nowMs, action } as const;
  if (down.length > 0 && down.length === used.length) {
    const causes = [...new Set(down.map(({ failure }) => failure?.message ?? ''))].filter((cause) => cause !== '');
    return [
      {
        ...common,
        id: NO_ENDPOINT,
        severity: 'critical',
        title: used.length === 1 ? `${used[0]?.endpoint ?? ''} does not answer` : 'No endpoint answers',
        detail: `Nothing new is known of this cluster until one does. ${causes.slice(0, 3).join(' ')}`.trim(),
        sinceMs: Math.max(...down.map(({ downSinceMs }) => downSinceMs ?? nowMs)),
      },
    ];
  }
  return down.map(({ endpoint, downSinceMs, failure }): Finding => ({
    ...common,
    id: `endpoint-down ${endpoint}`,
    severity: 'warning',
    title: `The endpoint ${endpoint} does not answer`,
    detail: [failure?.message, 'Calls take another one.'].filter((part) => part).join(' '),
    ...(downSinceMs !== undefined && { sinceMs: downSinceMs }),
  }));
};

/** Clocks that are apart: from each other first, since this computer's may be the wrong one. */
export const clocksApart: AttentionRule = ({ clocks: { clocks, status }, nodes, nowMs }) => {
  if (status !== 'known') return [];
  const named = clocks.filter(isApart);
  const action = { kind: 'run', label: 'Compare the clocks', command: 'time' } as const;
  const common = { kind: 'clock', severity: 'warning' } as const;
  const areAll = named.length === clocks.length && clocks.length > 1;
  const [first] = named;
  const spread = Math.max(...clocks.map(({ aheadMs }) => aheadMs)) - Math.min(...clocks.map(({ aheadMs }) => aheadMs));
  if (areAll && first !== undefined && spread < CLOCK_APART_MS) {
    return [
      {
        ...common,
        id: 'clock here',
        title: `This computer's clock is ${apart(-first.aheadMs)} the cluster's`,
        detail: 'The clocks of the control planes agree with each other. Ages and times shown here are wrong by that.',
        seenAtMs: first.atMs,
      },
    ];
  }
  return named.map(({ node, aheadMs, atMs }): Finding => {
    const known = nodes.find((one) => one.hostname === node || one.node === node);
    return {
      ...common,
      id: `clock ${known?.node ?? node}`,
      title: `The clock of ${node} is ${apart(aheadMs)} this computer's`,
      detail: 'Certificates are refused and logs mislead where clocks are apart. Look at its time servers.',
      ...(known && { node: known.node, action: { ...action, nodes: [known.node] } }),
      seenAtMs: Math.min(atMs, nowMs),
    };
  });
};

const apart = (aheadMs: number): string => {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const size =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7_200
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`;
  return `${size} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;
};

/** Nodes of one cluster with different versions of Talos or of the kubelet. */
export const versionsApart: AttentionRule = ({ nodes, nowMs }) => [
  ...skew(nodes, ({ version }) => version, { id: 'talos', name: 'Talos' }, nowMs),
  ...skew(nodes, ({ kubeletVersion }) => kubeletVersion, { id: 'kubernetes', name: 'Kubernetes' }, nowMs),
];

function skew(
  nodes: readonly JudgedNode[],
  versionOf: (node: JudgedNode) => string | undefined,
  { id, name }: { readonly id: string; readonly name: string },
  nowMs: number,
): readonly Finding[] {
  const byVersion = new Map<string, JudgedNode[]>();
  for (const node of nodes) {
    const version = versionOf(node);
    if (version !== undefined) byVersion.set(version, [...(byVersion.get(version) ?? []), node]);
  }
  if (byVersion.size < 2) return [];
  const groups = [...byVersion].sort(([, a], [, b]) => b.length - a.length);
  const minors = new Set(groups.map(([version]) => minorOf(version)));
  const apartBy = Math.max(...minors) - Math.min(...minors);
  const words = groups.slice(0, 4).map(([version, of]) => {
    const few = of.slice(0, 3).map(titleOf).join(', ');
    return `${version}: ${of.length > 3 ? `${few} and ${of.length - 3} more` : few}`;
  });
  return [
    {
      id: `version-skew ${id}`,
      kind: 'version-skew',
      severity: apartBy > 1 ? 'warning' : 'notice',
      title: `Nodes run ${byVersion.size} versions of ${name}`,
      detail: `${words.join('; ')}. An upgrade is under way, or did not reach all.`,
      seenAtMs: nowMs,
      action: { kind: 'open', label: 'Open the nodes', what: 'nodes' },
    },
  ];
}

/** 13 of `v1.13.9`. */
const minorOf = (version: string): number => Number(/^v?\d+\.(\d+)/.exec(version)?.[1] ?? 0);
