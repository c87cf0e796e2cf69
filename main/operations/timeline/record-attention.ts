import type { AttentionItem, AttentionKind, AttentionState, TimelineKind } from '../../../preload/contract/index.ts';
import { nodeKey } from './record-nodes.ts';
import type { Timeline } from './timeline.ts';

const KEY = 'attention ';

const KINDS: Readonly<Record<AttentionKind, TimelineKind>> = {
  'node-down': 'node',
  'node-not-ready': 'node',
  'endpoint-down': 'endpoint',
  service: 'service',
  diagnostic: 'node',
  'etcd-alarm': 'etcd',
  'etcd-leader': 'etcd',
  'etcd-learner': 'etcd',
  'etcd-size': 'etcd',
  'etcd-quorum': 'etcd',
  'etcd-member': 'etcd',
  'etcd-snapshot': 'etcd',
  clock: 'node',
  certificate: 'cluster',
  'version-skew': 'cluster',
  config: 'node',
  volume: 'node',
  memory: 'node',
  'upgrade-staged': 'node',
  kubernetes: 'cluster',
};

/** What came onto the attention list, with its own "since", and what went from it. */
export function recordAttention(timeline: Timeline, { items, atMs }: AttentionState): void {
  const now = new Set<string>();
  for (const item of items) {
    // The connections tell of endpoints themselves, at once.
    if (item.kind === 'endpoint-down') continue;
    const key = item.kind === 'node-down' && item.node !== undefined ? nodeKey(item.node) : KEY + item.id;
    now.add(key);
    // What is known from old figures is neither news nor over.
    if (item.stale === undefined) timeline.begin(key, happening(item));
  }
  for (const key of timeline.openKeys(KEY)) if (!now.has(key)) timeline.end(key, atMs);
}

function happening({ kind, severity, title, detail, node, sinceMs }: AttentionItem): Parameters<Timeline['begin']>[1] {
  return {
    kind: KINDS[kind],
    ...(node !== undefined && { node }),
    subject: node ?? kind,
    severity: severity === 'critical' ? 'bad' : severity === 'warning' ? 'warn' : 'info',
    title,
    detail,
    atMs: sinceMs,
  };
}
