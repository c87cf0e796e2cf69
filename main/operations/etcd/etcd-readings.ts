import type { EtcdMemberReport, Failure, NodeSummary } from '../../../preload/contract/index.ts';
import { visible } from '../../lib/visible.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { memberIdText, NO_MEMBER } from './member-id.ts';

/** A member as the list of members has it. */
export interface ListedMember {
  readonly id: string;
  readonly hostname: string;
  readonly peerUrls: readonly string[];
  readonly clientUrls: readonly string[];
  readonly isLearner: boolean;
}

/** What one control plane said of the member on it, or why it did not. */
export interface MemberReading {
  readonly node: NodeSummary;
  /** Missing when it did not answer. */
  readonly told?: EtcdMemberReport & { readonly id: string };
  readonly failure?: Failure;
}

/** An etcd has a handful of members, and rarely more than one alarm each. */
const MOST = 50;
const MOST_ERRORS = 10;
const LONGEST = 500;

const line = (text: string, longest = LONGEST): string =>
  visible((text.length > longest ? `${text.slice(0, longest)}…` : text).replaceAll(/\s+/g, ' ').trim());

/** The members of an answer; each id once. */
export function listedMembers(reply: MethodReply<'/machine.MachineService/EtcdMemberList'>): readonly ListedMember[] {
  const members = reply.messages
    .flatMap((message) => message.members)
    .slice(0, MOST)
    .map(({ id, hostname, peer_urls: peers, client_urls: clients, is_learner: isLearner }): ListedMember => ({
      id: memberIdText(id),
      hostname: line(hostname, 253),
      peerUrls: peers.slice(0, MOST_ERRORS).map((url) => line(url)),
      clientUrls: clients.slice(0, MOST_ERRORS).map((url) => line(url)),
      isLearner,
    }));
  return [...new Map(members.map((member) => [member.id, member])).values()];
}

/** What the member of the machine that was asked says of itself; undefined when the answer has nothing. */
export function memberReport(
  reply: MethodReply<'/machine.MachineService/EtcdStatus'>,
  atMs: number,
): MemberReading['told'] {
  const status = reply.messages[0]?.member_status;
  if (!status) return undefined;
  const leader = memberIdText(status.leader);
  return {
    id: memberIdText(status.member_id),
    atMs,
    version: line(status.protocol_version, 60),
    storageVersion: line(status.storage_version, 60),
    dbBytes: Number(status.db_size),
    dbInUseBytes: Number(status.db_size_in_use),
    ...(leader !== NO_MEMBER && { leader }),
    raftIndex: Number(status.raft_index),
    raftTerm: Number(status.raft_term),
    raftAppliedIndex: Number(status.raft_applied_index),
    isLearner: status.is_learner,
    errors: status.errors.slice(0, MOST_ERRORS).map((error) => line(error)),
  };
}

/** Alarms by the id of the member that raised them. */
export function raisedAlarms(
  reply: MethodReply<'/machine.MachineService/EtcdAlarmList'>,
): ReadonlyMap<string, readonly string[]> {
  const alarms = new Map<string, string[]>();
  for (const { member_id: id, alarm } of reply.messages.flatMap((message) => message.member_alarms).slice(0, MOST)) {
    const kind = line(String(alarm), 40);
    if (kind === 'NONE') continue;
    const key = memberIdText(id);
    const known = alarms.get(key) ?? [];
    if (!known.includes(kind)) alarms.set(key, [...known, kind]);
  }
  return alarms;
}
