import { describe, expect, it } from 'vitest';
import {
  changedVotes,
  quorumLine,
  quorumWith,
  voteChangeWords,
  whyNotRemoved,
} from '../../../preload/contract/index.ts';

const VOTER = { isLearner: false, isAlive: true };
const DEAD = { isLearner: false, isAlive: false };
const LEARNER = { isLearner: true, isAlive: true };
const all = (voters: number) => ({ voters, alive: voters });

describe('the arithmetic of etcd', () => {
  it.each([
    [1, 1, 0, '1 member, 1 needed, may lose none'],
    [2, 2, 0, '2 members, 2 needed, may lose none'],
    [3, 2, 1, '3 members, 2 needed, may lose 1'],
    [4, 3, 1, '4 members, 3 needed, may lose 1'],
    [5, 3, 2, '5 members, 3 needed, may lose 2'],
    [6, 4, 2, '6 members, 4 needed, may lose 2'],
    [7, 4, 3, '7 members, 4 needed, may lose 3'],
  ])('of %i members that all answer: %i are needed, and %i may be lost', (voters, needed, mayLose, words) => {
    const now = quorumWith(all(voters));

    expect(now).toEqual({ voters, alive: voters, needed, mayLose });
    expect(quorumLine(now)).toBe(words);
  });

  it.each([
    [1, 0, -1],
    [2, 1, -1],
    [3, 2, 0],
    [3, 1, -1],
    [4, 3, 0],
    [4, 2, -1],
    [5, 3, 0],
    [5, 2, -1],
    [6, 4, 0],
    [6, 3, -1],
    [7, 4, 0],
    [7, 3, -1],
  ])('of %i members with %i alive, %i may be lost', (voters, alive, mayLose) => {
    expect(quorumWith({ voters, alive }).mayLose).toBe(mayLose);
  });

  it.each([
    // voters, alive, may a live one be taken out, may a dead one
    [1, 1, false, undefined],
    [2, 2, true, undefined],
    [2, 1, false, false],
    [3, 3, true, undefined],
    [3, 2, false, true],
    [3, 1, false, false],
    [4, 4, true, undefined],
    [4, 3, true, true],
    [4, 2, false, false],
    [5, 5, true, undefined],
    [5, 4, true, true],
    [5, 3, false, true],
    [5, 2, false, false],
    [6, 6, true, undefined],
    [6, 4, true, true],
    [6, 3, false, false],
    [7, 7, true, undefined],
    [7, 5, true, true],
    [7, 4, false, true],
    [7, 3, false, false],
  ])('of %i members with %i alive, a live one may be taken out: %s, a dead one: %s', (voters, alive, live, dead) => {
    expect(whyNotRemoved({ voters, alive }, VOTER) === undefined).toBe(live);
    if (dead !== undefined) expect(whyNotRemoved({ voters, alive }, DEAD) === undefined).toBe(dead);
  });

  it('says why a member must not be taken out', () => {
    expect(whyNotRemoved(all(1), VOTER)).toBe('It is the only voting member: without it there is no etcd.');
    expect(whyNotRemoved({ voters: 3, alive: 2 }, VOTER)).toBe(
      'etcd would stop: then 1 of 2 voting members answer, and 2 are needed.',
    );
    expect(whyNotRemoved({ voters: 3, alive: 1 }, DEAD)).toBe(
      'etcd has no quorum: 1 of 3 voting members answer, and 2 are needed. Without one it changes nothing, and no member can be removed.',
    );
    expect(whyNotRemoved({ voters: 2, alive: 1 }, VOTER)).toMatch(/^etcd has no quorum: 1 of 2/);
  });

  it.each([1, 2, 3, 4, 5, 6, 7])('of %i members changes by one vote, and by none for a learner', (voters) => {
    const now = all(voters);

    expect(changedVotes(now, { kind: 'remove', ...VOTER })).toEqual(all(voters - 1));
    expect(changedVotes(now, { kind: 'remove', ...DEAD })).toEqual({ voters: voters - 1, alive: voters });
    expect(changedVotes(now, { kind: 'add', ...VOTER })).toEqual(all(voters + 1));
    expect(changedVotes(now, { kind: 'add', ...DEAD })).toEqual({ voters: voters + 1, alive: voters });
    for (const kind of ['add', 'remove'] as const) expect(changedVotes(now, { kind, ...LEARNER })).toEqual(now);
  });

  it('a learner may go while there is a quorum, whatever the votes are', () => {
    expect(whyNotRemoved(all(1), LEARNER)).toBeUndefined();
    expect(whyNotRemoved({ voters: 3, alive: 2 }, LEARNER)).toBeUndefined();
    expect(whyNotRemoved({ voters: 3, alive: 1 }, LEARNER)).toMatch(/no quorum/);
  });

  it('tells what a change makes of it, and that nothing more may happen then', () => {
    expect(voteChangeWords(all(3), all(2))).toBe(
      'etcd now: 3 members, 2 needed, may lose 1. Then: 2 members, 2 needed, may lose none. Until another one votes, none may be lost.',
    );
    expect(voteChangeWords(all(5), all(4))).toBe(
      'etcd now: 5 members, 3 needed, may lose 2. Then: 4 members, 3 needed, may lose 1.',
    );
    expect(quorumLine(quorumWith({ voters: 3, alive: 1 }))).toBe('3 members, 2 needed, no quorum');
  });
});
