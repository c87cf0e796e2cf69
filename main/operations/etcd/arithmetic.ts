/** Votes of an etcd: learners have none. */
export interface Votes {
  /** Voting members that are listed, whether they answer or not. */
  readonly voters: number;
  /** Those that answer. */
  readonly alive: number;
}

/** What the votes of an etcd mean. */
export interface Standing extends Votes {
  /** How many must agree. */
  readonly needed: number;
  /** How many of those alive may still be lost; negative when there is no quorum. */
  readonly mayLose: number;
}

/** One vote more or less. */
export interface Change {
  /** A member is taken out, or a learner becomes a voting member. */
  readonly kind: 'remove' | 'add';
  /** It is a learner, and stays one: no vote changes. */
  readonly isLearner: boolean;
  /** It answers. */
  readonly isAlive: boolean;
}

/** How many of so many voting members must agree: more than half of them (docs/talos-behaviour.md §D9). */
export function quorumOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** What so many votes mean. */
export function standing({ voters, alive }: Votes): Standing {
  const needed = quorumOf(voters);
  return { voters, alive, needed, mayLose: alive - needed };
}

/** The votes after a change that etcd agreed to. */
export function changed({ voters, alive }: Votes, { kind, isLearner, isAlive }: Change): Votes {
  if (isLearner) return { voters, alive };
  const by = kind === 'remove' ? -1 : 1;
  return { voters: voters + by, alive: isAlive ? alive + by : alive };
}

/**
 * Why a member must not be taken out, a sentence; undefined where it may. etcd has to agree to it now, and must still be able to agree
 * to something afterwards.
 */
export function whyNotRemoved(votes: Votes, member: Omit<Change, 'kind'>): string | undefined {
  const now = standing(votes);
  if (now.mayLose < 0) {
    return `etcd has no quorum: ${votesWords(now)}. Without one it changes nothing, and no member can be removed.`;
  }
  const after = standing(changed(votes, { ...member, kind: 'remove' }));
  if (after.voters === 0) return 'It is the only voting member: without it there is no etcd.';
  if (after.mayLose < 0) return `etcd would stop: then ${votesWords(after)}.`;
  return undefined;
}

/** `3 members, 2 needed, may lose 1`, the short form for pictures. */
export function standingWords({ voters, needed, mayLose }: Standing): string {
  const spare = mayLose < 0 ? 'no quorum' : `may lose ${mayLose === 0 ? 'none' : mayLose}`;
  return `${voters} ${voters === 1 ? 'member' : 'members'}, ${needed} needed, ${spare}`;
}

/** `2 of 3 voting members answer, and 2 are needed`. */
function votesWords({ voters, alive, needed }: Standing): string {
  const who = `${alive} of ${voters} voting ${voters === 1 ? 'member answers' : 'members answer'}`;
  return `${who}, and ${needed} ${needed === 1 ? 'is' : 'are'} needed`;
}

/** What a change makes of the votes, as a sentence. */
export function changeWords(before: Votes, after: Votes): string {
  const now = standing(before);
  const then = standing(after);
  const warning = then.mayLose === 0 ? ' Until another one votes, none may be lost.' : '';
  return `etcd now: ${standingWords(now)}. Then: ${standingWords(then)}.${warning}`;
}
