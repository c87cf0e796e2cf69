import { stream, unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { invalidArgument, notFound, onlyControlPlane, unknownError } from '../endpoint/errors.ts';
import { etcdMemberId, type EtcdMember } from '../cluster/etcd-membership.ts';
import { leaderAmong } from '../etcd/leader.ts';
import { snapshotPieces } from '../etcd/snapshot.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import { counter } from '../node/machine-load.ts';
import { steadyInt } from '../wire/random.ts';

const MIB = 1024 ** 2;

/** Answers only on control planes; `api` is what machined calls the method. */
function onControlPlane(api: string, context: AnswerContext): AnswerContext {
  if (context.node.role !== 'controlplane') throw onlyControlPlane(api);
  return context;
}

/** Before what most methods say when they do not reach the etcd of their own machine. */
const NO_CLIENT = 'failed to create etcd client: ';

/** The member of the machine that is asked. Without one its etcd does not run, and Talos waits for it in vain. */
function localMember({ cluster, node }: AnswerContext, prefix = NO_CLIENT): EtcdMember {
  const member = node.services.isBeginning('etcd') ? undefined : cluster.etcd.runningOn(node);
  if (member === undefined) throw unknownError(`${prefix}error building etcd client: context deadline exceeded`);
  return member;
}

/** The member that leads, as the one that is asked knows; undefined when too few are there to agree on one. */
const leaderOf = ({ cluster, node: { ills } }: AnswerContext): EtcdMember | undefined =>
  ills.isCutOffInEtcd === true ? undefined : leaderAmong(cluster.etcd);

/** What needs the agreement of the members; `prefix` is what Talos says before the words of etcd. */
function withLeader(context: AnswerContext, prefix = ''): AnswerContext {
  if (leaderOf(context) === undefined) throw unknownError(`${prefix}etcdserver: no leader`);
  return context;
}

/** The database of a member: its bytes, and those in use. */
function databaseOf({ ills, name }: VirtualNode, seed: number): { readonly size: number; readonly inUse: number } {
  const size = steadyInt(60, 140, seed, name, 'etcd-db') * MIB;
  return ills.etcdBytes ?? { size, inUse: Math.round(size * 0.6) };
}

function status(context: AnswerContext) {
  const { node, nowMs, cluster } = context;
  const member = localMember(context);
  const leader = leaderOf(context);
  // All members are at the same place of the log, so it follows from the cluster and not from the node.
  const raftIndex = String(counter(cluster.nodes[0] ?? node, nowMs(), 12, 'raft') + 1_000_000);
  const { size, inUse } = databaseOf(node, cluster.seed);
  return {
    member_id: etcdMemberId(member),
    storage_version: cluster.etcd.storageVersion,
    protocol_version: '3.6.6',
    db_size: String(size),
    db_size_in_use: String(inUse),
    leader: leader === undefined ? '0' : etcdMemberId(leader),
    raft_index: raftIndex,
    raft_term: '7',
    raft_applied_index: raftIndex,
    is_learner: member.isLearner,
    errors: [
      ...(leader === undefined ? ['etcdserver: no leader'] : []),
      ...alarms(context).map(({ member_id: id, alarm }) => `memberID:${id} alarm:${alarm} `),
    ],
  };
}

/** Alarms of all members, as any of them tells. */
const alarms = (context: AnswerContext) =>
  context.cluster.etcd.members.flatMap((member) => {
    const { fault } = member.node;
    return fault?.kind === 'etcd-alarm' ? [{ member_id: etcdMemberId(member), alarm: fault.alarm }] : [];
  });

/** The first half of a snapshot. */
function* cut(pieces: Iterable<{ readonly bytes: Buffer }>, bytes: number): Generator<{ readonly bytes: Buffer }> {
  let left = bytes / 2;
  for (const piece of pieces) {
    if (left <= 0) return;
    left -= piece.bytes.length;
    yield piece;
  }
}

/** It writes its database anew: what was free in it is gone. */
function defragment(context: AnswerContext): void {
  localMember(context, 'failed to defragment etcd: ');
  const { node, cluster } = context;
  const { inUse } = databaseOf(node, cluster.seed);
  node.setIlls({ ...node.ills, etcdBytes: { size: inUse, inUse } });
}

/** Takes back the alarms of all members, and lists them. */
function disarm(context: AnswerContext) {
  localMember(context);
  const raised = alarms(withLeader(context, 'failed to disarm etcd alarm: '));
  for (const { node } of context.cluster.etcd.members) if (node.fault?.kind === 'etcd-alarm') node.setFault(null);
  return raised;
}

/** What Talos looks at before it asks etcd for a downgrade. */
function downgradeTo(version: string): string {
  if (version === '') throw invalidArgument('version is required for etcd downgrade');
  const [major, minor, ...more] = version.split('.');
  if (minor === undefined || more.length > 0) throw invalidArgument('version should be in MAJOR.MINOR format');
  if (!/^\d+$/.test(major ?? '')) throw invalidArgument('major version should be a number');
  if (!/^\d+$/.test(minor)) throw invalidArgument('minor version should be a number');
  if (Number(major) < 3 || (Number(major) === 3 && Number(minor) < 5)) {
    throw invalidArgument('etcd downgrade is only supported to 3.5 and later versions');
  }
  return `${version}.0`;
}

const downgraded = (version: string) => ({ messages: [{ cluster_downgrade: { cluster_version: version } }] });

/** The members, as the one on the machine that is asked knows them. */
function membersAsToldBy(context: AnswerContext): readonly EtcdMember[] {
  localMember(context, '');
  return withLeader(context).cluster.etcd.members;
}

/** Removes a member, whichever control plane is asked. */
function removeMember(context: AnswerContext, id: string): void {
  const failed = `failed to remove member ${id}: `;
  const { etcd } = withLeader(context, `failed to remove member: ${failed}`).cluster;
  const member = etcd.members.find((one) => etcdMemberId(one) === id);
  if (member === undefined) throw notFound(`${failed}etcdserver: member not found`);
  etcd.remove(member.hex);
}

/** The machine that is asked takes its own member out and stops its etcd; one that has none is done. Throws the Refusal of Talos. */
export function leaveEtcd(context: AnswerContext): void {
  const { etcd } = context.cluster;
  const member = etcd.memberOn(context.node);
  if (member !== undefined) {
    withLeader(context, `failed to leave cluster: failed to remove member ${etcdMemberId(member)}: `);
    etcd.remove(member.hex);
  }
  etcd.wipe(context.node);
  context.node.services.takeDown('etcd');
}

/** The leader makes the first other member the leader, whichever that is; on others nothing happens. */
function forfeit(context: AnswerContext): string {
  const { etcd } = context.cluster;
  const own = localMember(context);
  const failed = 'failed to forfeit leadership: ';
  if (etcd.members.length === 1) throw unknownError(`${failed}cannot forfeit leadership, only one member`);
  if (leaderOf(withLeader(context, failed)) !== own) return '';
  const next = etcd.members.find((member) => member !== own);
  if (next === undefined) return '';
  if (next.isLearner) throw unknownError(`${failed}etcdserver: bad leader transferee`);
  etcd.lead(next.node);
  return next.node.name;
}

/** Reading and changing etcd. */
export const etcdAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/EtcdMemberList', (_request, context) => ({
    messages: [
      {
        members: membersAsToldBy(onControlPlane('member list', context)).map(({ hex, node, isLearner }) => ({
          id: etcdMemberId({ hex }),
          hostname: node.name,
          peer_urls: [`https://${node.address}:2380`],
          client_urls: [`https://${node.address}:2379`],
          is_learner: isLearner,
        })),
      },
    ],
  })),
  unary('/machine.MachineService/EtcdStatus', (_request, context) => ({
    messages: [{ member_status: status(onControlPlane('etcd status', context)) }],
  })),
  unary('/machine.MachineService/EtcdAlarmList', (_request, context) => {
    localMember(onControlPlane('etcd alarm list', context));
    withLeader(context, 'failed to list etcd alarms: ');
    return { messages: [{ member_alarms: alarms(context) }] };
  }),
  stream('/machine.MachineService/EtcdSnapshot', (_request, context) => {
    localMember(onControlPlane('etcd snapshot', context));
    const pieces = snapshotPieces(context.cluster);
    return context.node.fault?.kind === 'snapshot-cut' ? cut(pieces, context.cluster.snapshot.bytes) : pieces;
  }),
  unary('/machine.MachineService/EtcdRemoveMemberByID', ({ member_id: id }, context) => {
    removeMember(onControlPlane('etcd remove member', context), String(id));
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/EtcdLeaveCluster', (_request, context) => {
    leaveEtcd(onControlPlane('etcd leave', context));
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/EtcdForfeitLeadership', (_request, context) => ({
    messages: [{ member: forfeit(onControlPlane('etcd forfeit leadership', context)) }],
  })),
  unary('/machine.MachineService/EtcdDefragment', (_request, context) => {
    defragment(onControlPlane('etcd defragment', context));
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/EtcdAlarmDisarm', (_request, context) => ({
    messages: [{ member_alarms: disarm(onControlPlane('etcd alarm disarm', context)) }],
  })),
  unary('/machine.MachineService/EtcdDowngradeValidate', ({ version }, context) => {
    localMember(onControlPlane('etcd downgrade validate', context));
    return downgraded(downgradeTo(version));
  }),
  unary('/machine.MachineService/EtcdDowngradeEnable', ({ version }, context) => {
    localMember(onControlPlane('etcd downgrade enable', context));
    // etcd writes its data as the older version does before a member of that version is started.
    context.cluster.etcd.storageVersion = downgradeTo(version);
    return downgraded(downgradeTo(version));
  }),
  unary('/machine.MachineService/EtcdDowngradeCancel', (_request, context) => {
    localMember(onControlPlane('etcd downgrade cancel', context));
    context.cluster.etcd.storageVersion = '3.6.0';
    return downgraded('3.6.0');
  }),
];
