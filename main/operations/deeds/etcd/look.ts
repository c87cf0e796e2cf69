import { takesPart, type EtcdMemberView, type EtcdQuorum, type EtcdView } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { maybeControlPlanes } from '../../etcd/control-plane-look.ts';
import { etcdView } from '../../etcd/etcd-view.ts';
import { memberName } from '../../etcd/member-id.ts';
import { readEtcd } from '../../etcd/read-etcd.ts';
import type { DeedTools } from '../kit/definition.ts';

/** etcd as it is right now, with its members listed by itself. */
export interface EtcdNow extends Pick<EtcdView, 'members' | 'leader'> {
  readonly quorum: EtcdQuorum;
}

/**
 * Reads etcd anew, for a deed that hangs on it: members, what each says of itself, alarms. Throws Failed when nobody lists the members now:
 * nothing is based on what was known before.
 */
export async function lookAtEtcd({ caller, nodes, clock }: DeedTools, signal: AbortSignal): Promise<EtcdNow> {
  // One whose role is not known is asked, too: a member that only seems silent would be taken for a lost one.
  const controlPlanes = maybeControlPlanes(nodes());
  if (controlPlanes.length === 0) {
    throw new Failed({ code: 'not-found', message: 'No control plane of this cluster is known yet.' });
  }
  const look = await readEtcd({ connection: caller(), nodes: controlPlanes, known: [], clock, signal });
  const { members, leader, quorum } = etcdView(look);
  if (look.failure !== undefined || quorum === undefined) {
    const why = look.failure?.message ?? 'It lists no member that votes.';
    throw new Failed({ code: 'unreachable', message: `The members of etcd cannot be listed now: ${why}` });
  }
  return { members, quorum, ...(leader !== undefined && { leader }) };
}

/** Voting members that answer and follow no leader, or another one, by name. */
const astray = (etcd: EtcdNow): readonly string[] =>
  etcd.members
    .filter((member) => !member.isLearner && member.report !== undefined && !takesPart(etcd, member))
    .map(memberName);

/** What is to be said of voting members that do not count, a phrase each; none when all do. */
export const notCounted = (etcd: EtcdNow): readonly string[] => [
  ...silentVoters(etcd).map((name) => `${name} does not answer`),
  ...astray(etcd).map((name) => `${name} does not follow the leader`),
];

/** Why votes cannot be counted, a sentence; undefined where they can. */
export const noLeader = ({ leader }: EtcdNow): string | undefined =>
  leader === undefined ? 'No member of etcd is known to lead at the moment: wait until one does.' : undefined;

/** The reason why votes forbid something, and who among those that answer is not counted. */
export function withAstray(etcd: EtcdNow, why: string): string {
  const names = astray(etcd);
  if (names.length === 0) return why;
  return `${why} Not counted, because it does not follow the leader: ${names.join(', ')}.`;
}

/** The member that runs on a machine. */
export const memberOn = ({ members }: EtcdNow, node: string): EtcdMemberView | undefined =>
  members.find((member) => member.node === node);

/** Voting members that do not answer, by name. */
export const silentVoters = ({ members }: EtcdNow): readonly string[] =>
  members.filter(({ isLearner, report }) => !isLearner && report === undefined).map(memberName);

/** What is said of a machine without a member of its own. */
export const NO_MEMBER_HERE = 'No member of etcd runs on it.';

/** What is said of a machine whose member does not answer. */
export const silentHere = ({ failure }: EtcdMemberView): string =>
  `Its member of etcd does not answer${failure === undefined ? '.' : `: ${failure.message}`}`;

/** How long is waited for the answer to a short change of etcd. */
export const ETCD_WITHIN_MS = 60_000;
