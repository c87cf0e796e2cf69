import { formatDuration } from '../../../../preload/contract/format/durations.ts';
import { MOST_DEED_MACHINES } from '../../../../preload/contract/index.ts';
import { CLOCK_APART_MS, isApart } from '../../clusters/clock-skew.ts';
import { titleOf, type Finding, type JudgedNode, type AttentionRule, type Situation } from './situation.ts';
import { minorOf, newestVersion } from './versions.ts';

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

const apart = (aheadMs: number): string =>
  `${formatDuration(Math.round(Math.abs(aheadMs) / 1000) * 1000)} ${aheadMs > 0 ? 'ahead of' : 'behind'}`;

type Action = NonNullable<Finding['action']>;

const OPEN_NODES: Action = { kind: 'open', label: 'Open the nodes', what: 'nodes' };

/** Nodes of one cluster with different versions of Talos or of the kubelet. */
export const versionsApart: AttentionRule = (situation) => [
  ...skew(situation, ({ version }) => version, { id: 'talos', name: 'Talos', mend: upgradeTalos }),
  ...skew(situation, ({ kubeletVersion }) => kubeletVersion, {
    ...{ id: 'kubernetes', name: 'Kubernetes', mend: upgradeKubernetes },
  }),
];

/** What has versions: its name, and what brings all nodes to one of them. */
interface Versioned {
  readonly id: string;
  readonly name: string;
  readonly mend: (newest: string, behind: readonly JudgedNode[], situation: Situation) => Action;
}

function skew(
  situation: Situation,
  versionOf: (node: JudgedNode) => string | undefined,
  { id, name, mend }: Versioned,
): readonly Finding[] {
  const byVersion = new Map<string, JudgedNode[]>();
  for (const node of situation.nodes) {
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
  const newest = newestVersion([...byVersion.keys()]);
  const behind = groups.flatMap(([version, of]) => (version === newest ? [] : of));
  return [
    {
      id: `version-skew ${id}`,
      kind: 'version-skew',
      severity: apartBy > 1 ? 'warning' : 'notice',
      title: `Nodes run ${byVersion.size} versions of ${name}`,
      detail: `${words.join('; ')}. An upgrade is under way, or did not reach all.`,
      seenAtMs: situation.nowMs,
      action: newest === undefined ? OPEN_NODES : mend(newest, behind, situation),
    },
  ];
}

function upgradeTalos(newest: string, behind: readonly JudgedNode[]): Action {
  if (behind.length > MOST_DEED_MACHINES) return OPEN_NODES;
  const what = behind.length === 1 ? titleOf(behind[0] as JudgedNode) : `${behind.length} nodes`;
  const nodes = behind.map(({ node }) => node);
  return { kind: 'deed', label: `Upgrade ${what}…`, deed: 'upgrade', nodes, params: { version: newest } };
}

function upgradeKubernetes(newest: string, _behind: unknown, { nodes, talosctl }: Situation): Action {
  const through = nodes.find(({ role, state }) => role === 'controlplane' && state === 'well');
  if (through === undefined) return OPEN_NODES;
  const line = talosctl([through.node], ['upgrade-k8s', '--to', newest.replace(/^v/, '')]);
  return { kind: 'talosctl', label: 'Upgrade Kubernetes', line };
}
