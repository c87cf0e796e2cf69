import type { EtcdMemberView, EtcdQuorum, EtcdView } from './etcd.ts';

/** Votes of an etcd, as far as they are counted: those of voting members that are listed, and of those that take part. */
export type EtcdVotes = Pick<EtcdQuorum, 'voters' | 'alive'>;

/** One vote more or less. */
interface VoteChange {
  /** A member is taken out, or a learner becomes a voting member. */
  readonly kind: 'remove' | 'add';
  /** It is a learner, and stays one: no vote changes. */
  readonly isLearner: boolean;
  /** It answers. */
  readonly isAlive: boolean;
}

/**
 * Whether a member answers and follows the leader that the others follow: one that is cut off from them answers for itself and has no
 * vote to give. While nobody names a leader, that it answers is all that is known.
 */
export const takesPart = ({ leader }: Pick<EtcdView, 'leader'>, { report }: Pick<EtcdMemberView, 'report'>): boolean =>
  report !== undefined && (leader === undefined || report.leader === leader);

/** How many of so many voting members must agree: more than half of them (docs/talos-behaviour.md §D9). */
export function quorumOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** What so many votes mean. */
export function quorumWith({ voters, alive }: EtcdVotes): EtcdQuorum {
  const needed = quorumOf(voters);
  return { voters, alive, needed, mayLose: alive - needed };
}

/** The votes after a change that etcd agreed to. */
export function changedVotes({ voters, alive }: EtcdVotes, { kind, isLearner, isAlive }: VoteChange): EtcdVotes {
  if (isLearner) return { voters, alive };
  const by = kind === 'remove' ? -1 : 1;
  return { voters: voters + by, alive: isAlive ? alive + by : alive };
}

/**
 * Why a member must not be taken out, a sentence; undefined where it may. etcd has to agree to it now, and must still be able to agree
 * to something afterwards.
 */
export function whyNotRemoved(votes: EtcdVotes, member: Omit<VoteChange, 'kind'>): string | undefined {
  const now = quorumWith(votes);
  if (now.mayLose < 0) {
    return `etcd has no quorum: ${votesWords(now)}. Without one it changes nothing, and no member can be removed.`;
  }
  const after = quorumWith(changedVotes(votes, { ...member, kind: 'remove' }));
  if (after.voters === 0) return 'It is the only voting member: without it there is no etcd.';
  if (after.mayLose < 0) return `etcd would stop: then ${votesWords(after)}.`;
  return undefined;
}

/** `3 members, 2 needed, may lose 1`, the short form for pictures. */
export function quorumLine({ voters, needed, mayLose }: EtcdQuorum): string {
  const spare = mayLose < 0 ? 'no quorum' : `may lose ${mayLose === 0 ? 'none' : mayLose}`;
  return `${voters} ${voters === 1 ? 'member' : 'members'}, ${needed} needed, ${spare}`;
}

/** `2 of 3 voting members answer, and 2 are needed`. */
function votesWords({ voters, alive, needed }: EtcdQuorum): string {
  const who = `${alive} of ${voters} voting ${voters === 1 ? 'member answers' : 'members answer'}`;
  return `${who}, and ${needed} ${needed === 1 ? 'is' : 'are'} needed`;
}

/** What a change makes of the votes, as a sentence. */
export function voteChangeWords(before: EtcdVotes, after: EtcdVotes): string {
  const now = quorumWith(before);
  const then = quorumWith(after);
  const warning = then.mayLose === 0 ? ' Until another one votes, none may be lost.' : '';
  return `etcd now: ${quorumLine(now)}. Then: ${quorumLine(then)}.${warning}`;
}
