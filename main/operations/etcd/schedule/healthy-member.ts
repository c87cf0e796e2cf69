import { takesPart, type EtcdMemberView, type EtcdView } from '../../../../preload/contract/index.ts';
import { memberName } from '../member-id.ts';

/**
 * The member that a snapshot is taken from, and the machine it is on: one that votes, follows the leader, complains of nothing and has
 * raised no alarm; the leader if it is one. Why there is none, a sentence. Pure.
 */
export function healthyMember({
  members,
  leader,
  quorum,
}: Pick<EtcdView, 'members' | 'leader' | 'quorum'>): { readonly node: string; readonly name: string } | string {
  if (quorum === undefined || quorum.mayLose < 0 || leader === undefined) {
    return 'etcd has no quorum: a snapshot may be behind, so none is taken by itself.';
  }
  const healthy = members.filter(
    (member): member is EtcdMemberView & { readonly node: string } =>
      member.node !== undefined &&
      !member.isLearner &&
      member.alarms.length === 0 &&
      member.report?.errors.length === 0 &&
      takesPart({ leader }, member),
  );
  const chosen = healthy.find(({ isLeader }) => isLeader) ?? healthy[0];
  return chosen === undefined
    ? 'No member of etcd is healthy: a snapshot may not be whole, so none is taken by itself.'
    : { node: chosen.node, name: memberName(chosen) };
}
