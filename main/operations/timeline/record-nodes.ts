import type { NodesState, NodeSummary } from '../../../preload/contract/index.ts';
import type { Timeline } from './timeline.ts';

/** By what is told of a node not answering, whoever found it out first. */
export const nodeKey = (target: string): string => `node ${target}`;

const WORDS = {
  offline: 'is not reached',
  silent: 'does not answer',
  untrusted: 'and its endpoint do not trust each other',
} as const;

/** Nodes that ceased to answer, since the first time, and that answer again. */
export function recordNodes(timeline: Timeline, { nodes }: NodesState): void {
  for (const node of nodes) recordNode(timeline, node);
}

function recordNode(timeline: Timeline, { target, hostname, seen }: NodeSummary): void {
  if (seen === undefined) return;
  if (seen.state === 'online') {
    timeline.end(nodeKey(target), seen.atMs);
    return;
  }
  const name = hostname ?? target;
  timeline.begin(nodeKey(target), {
    ...{ kind: 'node', node: target, subject: name, severity: 'bad' },
    title: `${name} ${WORDS[seen.state]}`,
    ...(seen.message !== undefined && { detail: seen.message }),
    atMs: seen.sinceMs ?? seen.atMs,
  });
}
