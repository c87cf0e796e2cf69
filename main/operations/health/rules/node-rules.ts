import { formatBytes } from '../../../../preload/contract/format/sizes.ts';
import { ESSENTIAL_SERVICES } from '../ill-services.ts';
import { whoCordoned } from './cordon-words.ts';
import { aboutNode, titleOf, type Finding, type JudgedNode, type AttentionRule } from './situation.ts';

const openNode = ({ node }: JudgedNode) => ({ kind: 'open', label: 'Open the node', what: 'node', node }) as const;

/** Nodes that do not answer, since the first failure. */
export const nodesDown: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { notReachedSinceMs: sinceMs, failure, role, isStale } = node;
    // Where nobody looks any more, its last word may be wrong either way; the endpoints say why nobody looks.
    if (sinceMs === undefined || isStale) return [];
    const about = role === 'controlplane' ? 'It is a control plane.' : '';
    return [
      {
        id: `node-down ${node.node}`,
        kind: 'node-down',
        severity: 'critical',
        title: `${titleOf(node)} is not reached`,
        detail: [failure?.message, failure?.hint, about].filter((part) => part).join(' '),
        node: node.node,
        sinceMs,
        seenAtMs: nowMs,
        action: openNode(node),
      },
    ];
  });

/** Nodes that answer and are not ready, or in another stage than running. What a service of theirs explains is told by that. */
export const nodesNotReady: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { stage, isReady, unmetConditions, services, sinceMs } = node;
    if (stage === undefined || (stage === 'running' && isReady !== false)) return [];
    const unexplained = unmetConditions.filter(({ name }) => name !== 'services' || services.length === 0);
    if (stage === 'running' && unmetConditions.length > 0 && unexplained.length === 0) return [];
    const why = unexplained.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
    return [
      {
        id: `node-not-ready ${node.node}`,
        kind: 'node-not-ready',
        severity: 'warning',
        title: stage === 'running' ? `${titleOf(node)} is not ready` : `${titleOf(node)} is ${stage}`,
        detail: why === '' ? 'Talos says so without a reason.' : `What is not met: ${why}.`,
        ...(node.state === 'unwell' && sinceMs !== undefined && { sinceMs }),
        ...aboutNode(node, nowMs),
        action: openNode(node),
      },
    ];
  });

/** What Talos lets people do to a service over its API: the kubelet and extension services are started and restarted. */
const mayRestart = (id: string): boolean => id === 'kubelet' || id.startsWith('ext-');

const STATE_WORDS = { failed: 'has failed', unhealthy: 'is unhealthy', 'not-running': 'does not run' } as const;
const ACTION_WORDS = { start: 'Start', restart: 'Restart' } as const;

/** Services that failed, are unhealthy, or should run and do not. */
export const servicesIll: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node) =>
    node.services.map(({ id, state, message, sinceMs }): Finding => {
      const action = state === 'not-running' ? 'start' : 'restart';
      const on = { nodes: [node.node] };
      return {
        id: `service ${node.node} ${id}`,
        kind: 'service',
        severity: ESSENTIAL_SERVICES.has(id) ? 'critical' : 'warning',
        title: `${id} on ${titleOf(node)} ${STATE_WORDS[state]}`,
        detail: message === '' ? 'Its log says more.' : `It says: ${message}. Its log says more.`,
        sinceMs,
        ...aboutNode(node, nowMs),
        action: mayRestart(id)
          ? {
              kind: 'deed',
              label: `${ACTION_WORDS[action]} it…`,
              deed: 'service',
              ...on,
              params: { service: id, action },
            }
          : { kind: 'run', label: 'Read its log', command: 'logs', ...on, params: { id } },
      };
    }),
  );

/** What nodes find wrong with themselves. */
export const diagnostics: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node) =>
    node.diagnostics.map(({ id, message, details, sinceMs }): Finding => ({
      id: `diagnostic ${node.node} ${id}`,
      kind: 'diagnostic',
      severity: 'warning',
      title: `${titleOf(node)}: ${message}`,
      detail: [...details, `More stands at https://talos.dev/diagnostic/${encodeURIComponent(id)}.`].join(' '),
      sinceMs,
      ...aboutNode(node, nowMs),
      action: openNode(node),
    })),
  );

const VOLUME_WARNING = 0.85;
const VOLUME_CRITICAL = 0.95;

/** Volumes that are nearly full: the kubelet evicts pods from 85 to 90 % on. */
export const volumesFull: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { disk } = node;
    if (disk === undefined || disk.fraction < VOLUME_WARNING) return [];
    const free = Math.max(0, disk.totalBytes - disk.usedBytes);
    return [
      {
        id: `volume ${node.node} ${disk.mountedOn}`,
        kind: 'volume',
        severity: disk.fraction >= VOLUME_CRITICAL ? 'critical' : 'warning',
        title: `${disk.mountedOn} on ${titleOf(node)} is ${Math.floor(disk.fraction * 100)} % full`,
        detail: `${formatBytes(free)} are free. Kubernetes removes images and pods of a node whose disk is nearly full.`,
        ...aboutNode(node, nowMs),
        seenAtMs: disk.atMs,
        action: { kind: 'run', label: 'See what fills it', command: 'mounts', nodes: [node.node] },
      },
    ];
  });

const MEMORY_WARNING = 0.9;
const MEMORY_CRITICAL = 0.97;

/** Nodes whose memory is nearly used up. */
export const memoryPressure: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { memory } = node;
    if (memory === undefined || memory.fraction < MEMORY_WARNING) return [];
    return [
      {
        id: `memory ${node.node}`,
        kind: 'memory',
        severity: memory.fraction >= MEMORY_CRITICAL ? 'critical' : 'warning',
        title: `${titleOf(node)} uses ${Math.floor(memory.fraction * 100)} % of its memory`,
        detail: 'Caches do not count. The kernel ends processes when nothing is left.',
        ...aboutNode(node, nowMs),
        seenAtMs: memory.atMs,
        action: { kind: 'run', label: 'See what uses it', command: 'processes', nodes: [node.node] },
      },
    ];
  });

/** Nodes that Kubernetes calls not ready, or puts nothing new on. */
export const kubernetesNodes: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { kubernetes, services } = node;
    if (kubernetes === undefined || (kubernetes.isReady && kubernetes.isSchedulable)) return [];
    // The kubelet itself is told of.
    if (!kubernetes.isReady && services.some(({ id }) => id === 'kubelet')) return [];
    const common = { kind: 'kubernetes', ...aboutNode(node, nowMs), action: openNode(node) } as const;
    if (!kubernetes.isReady) {
      const detail = 'Its pods are moved after some minutes. The log of its kubelet says why.';
      const title = `Kubernetes calls ${titleOf(node)} not ready`;
      return [{ ...common, id: `kubernetes ${node.node}`, severity: 'critical', title, detail }];
    }
    const title = `Kubernetes puts nothing new on ${titleOf(node)}`;
    return [{ ...common, id: `cordoned ${node.node}`, severity: 'notice', title, ...whoCordoned(kubernetes) }];
  });

/** Upgrades that wait for the next boot. */
export const upgradesStaged: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    if (node.stagedUpgrade === undefined) return [];
    return [
      {
        id: `upgrade-staged ${node.node}`,
        kind: 'upgrade-staged',
        severity: 'notice',
        title: `${titleOf(node)} upgrades at its next boot`,
        detail: `An upgrade to ${node.stagedUpgrade} is staged.`,
        ...aboutNode(node, nowMs),
        action: { kind: 'deed', label: 'Reboot it…', deed: 'reboot', nodes: [node.node] },
      },
    ];
  });
