import { aboutNode, titleOf, type AttentionRule, type Finding, type JudgedNode } from './situation.ts';

const HAPPENED = {
  load: 'could not load its configuration',
  validation: 'has a configuration that is not valid',
} as const;

/** Nodes that told of a configuration they could not use, and of no good one since. */
export const configErrors: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node): readonly Finding[] => {
    const { configError: error } = node;
    if (error === undefined) return [];
    return [
      {
        id: `config ${node.node}`,
        kind: 'config',
        severity: 'warning',
        title: `${titleOf(node)} ${HAPPENED[error.kind]}`,
        detail: `${itSays(error.message)} It stays like this until the node boots with a good one.`,
        sinceMs: error.sinceMs,
        ...aboutNode(node, nowMs),
        action: { kind: 'open', label: 'Open the node', what: 'node', node: node.node },
      },
    ];
  });

/** Volumes that failed, and volume groups of LVM that are not as they are configured. */
export const volumesFailed: AttentionRule = ({ nodes, nowMs }) =>
  nodes.flatMap((node) => [...failed(node, nowMs), ...wrong(node, nowMs)]);

function failed(node: JudgedNode, nowMs: number): readonly Finding[] {
  return (node.failedVolumes ?? []).map(({ volume, message, sinceMs }) => ({
    id: `volume-failed ${node.node} ${volume}`,
    kind: 'volume',
    severity: 'critical',
    title: `The volume ${volume} of ${titleOf(node)} has failed`,
    detail: `${itSays(message)} What lies on it is not there for whoever needs it; Talos goes on trying.`,
    sinceMs,
    ...aboutNode(node, nowMs),
    action: { kind: 'run', label: 'See its volumes', command: 'volumestatus', nodes: [node.node] },
  }));
}

function wrong(node: JudgedNode, nowMs: number): readonly Finding[] {
  return (node.wrongGroups ?? []).map(({ volume, message, sinceMs }) => ({
    id: `volume-group ${node.node} ${volume}`,
    kind: 'volume',
    severity: 'warning',
    title: `The volume group ${volume} of ${titleOf(node)} is not as it is configured`,
    detail: `${itSays(message)} Its machine config says how it should be.`,
    sinceMs,
    ...aboutNode(node, nowMs),
    action: { kind: 'open', label: 'Open the node', what: 'node', node: node.node },
  }));
}

const itSays = (message: string): string =>
  message === '' ? 'It says nothing more.' : `It says: ${message.replace(/\.$/, '')}.`;
