import {
  quorumWith,
  takesPart,
  type EtcdMemberView,
  type EtcdView,
  type Failure,
  type NodeSummary,
} from '../../../preload/contract/index.ts';
import type { ListedMember, MemberReading } from './etcd-readings.ts';

/** Everything that one look at etcd brought. */
export interface EtcdLook {
  readonly members: readonly ListedMember[];
  /** Of each control plane that was asked. */
  readonly readings: readonly MemberReading[];
  /** By the id of the member. */
  readonly alarms: ReadonlyMap<string, readonly string[]>;
  readonly atMs: number;
  /** Why members and alarms are not of this look. */
  readonly failure?: Failure;
  /** Nobody listed the members, now or before: only those that answer are among them, so votes cannot be counted. */
  readonly isPartial?: true;
}

/**
 * Members, what they say of themselves, and alarms, joined by the id of the member; machines by what a member itself says it runs on,
 * else by name or address.
 */
export function etcdView({ members, readings, alarms, atMs, failure, isPartial }: EtcdLook): Omit<EtcdView, 'context'> {
  const leader = leaderOf(readings);
  const views = members.map((member): EtcdMemberView => {
    const reading = readings.find(({ told }) => told?.id === member.id) ?? readings.find((one) => runsOn(member, one));
    const { id: _id, ...report } = reading?.told?.id === member.id ? reading.told : {};
    return {
      ...member,
      ...(reading && { node: reading.node.target }),
      isLeader: member.id === leader,
      alarms: alarms.get(member.id) ?? [],
      ...(isWhole(report) && { report }),
      ...(reading?.failure && { failure: reading.failure }),
    };
  });
  const voters = views.filter(({ isLearner }) => !isLearner);
  const told = leader === undefined ? {} : { leader };
  const alive = voters.filter((member) => takesPart(told, member)).length;
  const used = new Set(views.map(({ node }) => node));
  return {
    status: failure === undefined ? 'ready' : 'stale',
    ...(failure && { failure }),
    members: views,
    ...told,
    ...(voters.length > 0 && isPartial !== true && { quorum: quorumWith({ voters: voters.length, alive }) }),
    atMs,
    missing: isPartial === true ? [] : readings.flatMap(({ node }) => (used.has(node.target) ? [] : [node.target])),
  };
}

const isWhole = (report: object): report is NonNullable<EtcdMemberView['report']> => 'atMs' in report;

/** The one that those of the newest term name; a member that lags behind may name an earlier one. */
function leaderOf(readings: readonly MemberReading[]): string | undefined {
  const newest = Math.max(...readings.map(({ told }) => told?.raftTerm ?? -1));
  return readings.find(({ told }) => told?.leader !== undefined && told.raftTerm === newest)?.told?.leader;
}

function runsOn(member: ListedMember, { node, told }: MemberReading): boolean {
  if (told !== undefined) return false;
  const hosts = member.peerUrls.map(hostOf);
  return isNamed(node, member.hostname) || node.addresses.some((address) => hosts.includes(address));
}

const isNamed = (node: NodeSummary, name: string): boolean =>
  name !== '' && (node.hostname === name || node.target === name);

/** Host of a URL such as `https://[fd00::1]:2380`; empty for what is none. */
function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replaceAll(/^\[|\]$/g, '');
  } catch {
    return '';
  }
}
