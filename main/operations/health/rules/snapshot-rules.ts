import type { AttentionRule } from './situation.ts';

const DAY_MS = 86_400_000;
/** An older one is worth a reminder. */
const OLD_MS = 7 * DAY_MS;

/**
 * A snapshot that Minos took and that is old. Of a cluster of which it has taken none it says nothing here: others may take them,
 * and nobody has to take them with Minos.
 */
export const snapshotOld: AttentionRule = ({ etcd: { snapshot, members, leader }, nodes, nowMs }) => {
  const atMs = snapshot?.atMs;
  if (atMs === undefined || nowMs - atMs < OLD_MS) return [];
  const led = members.find(({ id }) => id === leader)?.node;
  const node = led ?? nodes.find(({ role }) => role === 'controlplane')?.node;
  return [
    {
      id: 'etcd-snapshot',
      kind: 'etcd-snapshot',
      severity: 'notice',
      title: `The last snapshot of etcd that Minos took is ${Math.floor((nowMs - atMs) / DAY_MS)} days old`,
      detail:
        'A snapshot is what a cluster is recovered from when etcd is lost. Others may have been taken without Minos.',
      sinceMs: atMs + OLD_MS,
      seenAtMs: nowMs,
      ...(node !== undefined && {
        action: { kind: 'run', label: 'Take a snapshot', command: 'etcd-snapshot', nodes: [node] },
      }),
    },
  ];
};
