import type { VirtualNode } from '../node/virtual-node.ts';

/** Faults with which a machine takes no part in etcd. */
const AWAY: ReadonlySet<string> = new Set(['down', 'black-hole', 'frozen', 'maintenance']);

/** Whether a machine takes no part in anything. */
export const isAway = ({ fault, stage }: VirtualNode): boolean => stage !== 'running' || AWAY.has(fault?.kind ?? '');

interface Voter {
  readonly node: VirtualNode;
  readonly isLearner: boolean;
}

/** An etcd as far as its leader hangs on it. */
export interface Electing<M extends Voter> {
  readonly members: readonly M[];
  /** Who was made the leader last. */
  readonly leader: VirtualNode | undefined;
  hasData(node: VirtualNode): boolean;
}

/** The member that leads; undefined when too few are there to agree on one. */
export function leaderAmong<M extends Voter>(etcd: Electing<M>): M | undefined {
  const voters = etcd.members.filter(({ isLearner }) => !isLearner);
  const there = voters.filter(({ node }) => !isAway(node) && node.ills.isCutOffInEtcd !== true && etcd.hasData(node));
  if (there.length <= voters.length / 2) return undefined;
  const chosen = there.find(({ node }) => node === etcd.leader);
  return chosen ?? there.find(({ node }) => node.fault === null) ?? there[0];
}
