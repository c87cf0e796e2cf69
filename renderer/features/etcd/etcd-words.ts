import {
  changedVotes,
  quorumWith,
  takesPart,
  voteChangeWords,
  whyNotRemoved,
  type EtcdMemberView,
  type EtcdView,
} from '../../../preload/contract/index.ts';
import type { Sign } from '../../lib/words.ts';
import { formatClock, formatPercent } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** etcd's own name of a member; its id before it has joined. */
export const memberName = ({ hostname, id }: EtcdMemberView): string => showUnseen(hostname) || id;

/** How a member is, as a sign. */
export function memberSign({ report, alarms, isLearner }: EtcdMemberView): Sign {
  if (report === undefined) return 'failed';
  if (alarms.length > 0 || report.errors.length > 0 || isLearner) return 'busy';
  return 'ready';
}

/** What a member is and whether it answers, in a few words. */
export function memberWords(member: EtcdMemberView): string {
  const { report, isLeader, isLearner, hostname, failure } = member;
  const role = isLeader ? 'leader' : isLearner ? 'learner, no vote yet' : 'voting member';
  if (report !== undefined) return role;
  if (hostname === '') return `${role}, has not started`;
  if (member.node === undefined) return `${role}, without a machine`;
  return failure === undefined ? `${role}, tells nothing` : `${role}, does not answer`;
}

/** How many entries of the log a member has yet to apply, counted from the furthest one that any member tells of; undefined when it tells nothing. */
export function lagOf({ report }: EtcdMemberView, { members }: EtcdView): number | undefined {
  if (report === undefined) return undefined;
  const furthest = Math.max(...members.map((member) => member.report?.raftIndex ?? 0));
  return Math.max(0, furthest - report.raftAppliedIndex);
}

/** The share of the database file that is in use. */
export function shareInUse({ report }: EtcdMemberView): string {
  if (report === undefined || report.dbBytes <= 0) return '';
  return formatPercent(report.dbInUseBytes / report.dbBytes);
}

const ALARM_WORDS: Readonly<Record<string, string>> = {
  NOSPACE: 'Its database is full: etcd refuses writes until space is freed and the alarm is disarmed.',
  CORRUPT: 'Its data differs from that of the others: it has to be replaced.',
};

/** What the alarms of a member mean, a sentence each. */
export const alarmWords = ({ alarms }: EtcdMemberView): string =>
  alarms.map((alarm) => ALARM_WORDS[alarm] ?? 'Minos does not know this kind of alarm.').join(' ');

/** Of when a view is that may be old, and why; undefined while it is of now. */
export function oldWords({ status, atMs, failure }: EtcdView, nowMs: number): string | undefined {
  if (status !== 'stale' && status !== 'failed') return undefined;
  const at = atMs === undefined ? '' : `As of ${formatClock(atMs, nowMs)}. `;
  return showUnseen(`${at}${failure?.message ?? 'It is being read anew.'}`);
}

/** Alarms, and what it complains about itself. */
export const complaints = ({ alarms, report }: EtcdMemberView): string =>
  [...alarms.map((alarm) => `alarm ${alarm}`), ...(report?.errors ?? [])].map(showUnseen).join(', ');

/** Members answer, and none of them knows a leader. */
export const isLeaderless = ({ leader, members }: EtcdView): boolean =>
  leader === undefined && members.some(({ report }) => report !== undefined);

/** What the quorum means for whoever has to act, one or two sentences. */
export function quorumWords(view: EtcdView): string {
  const { quorum, members } = view;
  if (quorum === undefined) return 'Nobody tells how many members there are.';
  const { voters, alive, needed, mayLose } = quorum;
  const learners = members.filter(({ isLearner }) => isLearner).length;
  const silent = alive < voters ? ` ${alive} of ${voters} answer.` : '';
  const joining = learners === 0 ? '' : ` ${learners === 1 ? '1 learner' : `${learners} learners`} without a vote yet.`;
  // Whoever answers here may still not reach the others.
  const now =
    mayLose >= 0 && isLeaderless(view)
      ? `${needed} have to agree on a leader, and do not.`
      : meaning(voters, needed, mayLose);
  return `${now}${silent}${joining}`;
}

function meaning(voters: number, needed: number, mayLose: number): string {
  if (mayLose < 0)
    return `Too few answer for a quorum of ${needed}: etcd changes nothing, and neither does Kubernetes.`;
  if (voters === 1) return 'When the only member is lost, so is etcd: keep snapshots of it.';
  if (mayLose > 0) return `etcd goes on as long as ${needed} agree.`;
  const spare = quorumWith({ voters: voters + 1, alive: voters + 1 }).mayLose;
  return voters === 2
    ? `Both are needed: losing either one stops etcd. With a third one ${spare} might be lost.`
    : 'The next one that is lost stops etcd.';
}

/** What taking a member out would mean; undefined while the votes are not known. */
export function withoutIt(member: EtcdMemberView, view: EtcdView): string | undefined {
  const { quorum } = view;
  if (quorum === undefined) return undefined;
  const change = { isLearner: member.isLearner, isAlive: takesPart(view, member) };
  const why = whyNotRemoved(quorum, change);
  return why ?? voteChangeWords(quorum, changedVotes(quorum, { kind: 'remove', ...change }));
}
