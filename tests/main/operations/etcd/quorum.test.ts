import { describe, expect, it } from 'vitest';
import { memberIdText } from '../../../../main/operations/etcd/member-id.ts';
import { statusNotes, type MemberStatus } from '../../../../main/operations/etcd/member-status.ts';
import { quorumNotes, type Voter } from '../../../../main/operations/etcd/quorum.ts';
import { quorumOf } from '../../../../preload/contract/index.ts';

const members = (count: number, last: Partial<Voter> = {}): readonly Voter[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `000000000000000${index}`, name: `cp-${index + 1}`, isLearner: false },
    ...(index === count - 1 && last),
  }));

describe('ids of members', () => {
  it.each([
    ['10', '000000000000000a'],
    ['18446744073709551615', 'ffffffffffffffff'],
    ['0', '0000000000000000'],
    [255, '00000000000000ff'],
    ['not a number', 'not a number'],
  ])('%s is %s', (id, text) => {
    expect(memberIdText(id)).toBe(text);
  });
});

describe('the quorum of etcd', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [7, 4],
  ])('of %i voting members is %i', (voters, quorum) => {
    expect(quorumOf(voters)).toBe(quorum);
  });

  it.each([
    [1, 'info', 'etcd has 1 voting member: when it fails, etcd stops.'],
    [2, 'warning', 'etcd has 2 voting members and needs 2 of them: none of them may fail.'],
    [3, 'info', 'etcd has 3 voting members and needs 2 of them: 1 of them may fail.'],
    [5, 'info', 'etcd has 5 voting members and needs 3 of them: 2 of them may fail.'],
  ])('of %i members is told in words', (count, severity, message) => {
    expect(quorumNotes(new Map([['cp-1', members(count)]]))).toEqual([{ severity, message }]);
  });

  it('does not count learners, and names those that have not started', () => {
    const messages = (list: readonly Voter[]) => quorumNotes(new Map([['cp-1', list]])).map(({ message }) => message);

    expect(messages(members(4, { isLearner: true }))).toEqual([
      'etcd has 3 voting members and needs 2 of them: 1 of them may fail.',
      '1 member is a learner, without a vote yet.',
    ]);
    expect(messages(members(3, { name: '' }))).toContain('1 member was added and has not started.');
  });

  it('says that nodes list different members, and counts none of them', () => {
    const lists = new Map([
      ['cp-1', members(3)],
      ['cp-2', [...members(3)].reverse()],
      ['cp-3', members(2)],
      ['cp-4', []],
    ]);

    expect(quorumNotes(lists)).toEqual([
      {
        severity: 'warning',
        message: 'The nodes list different members: a change is under way, or they are not of one etcd.',
        nodes: ['cp-3'],
      },
    ]);
    expect(quorumNotes(new Map())).toEqual([]);
  });
});

describe('what the members say of themselves', () => {
  const MIB = 1024 ** 2;
  const status = (id: string, more: Partial<MemberStatus> = {}): MemberStatus => ({
    ...{ id, leader: 'aa', sizeBytes: 100 * MIB, usedBytes: 60 * MIB, raftIndex: 9000, appliedIndex: 9000, errors: '' },
    ...more,
  });
  const notes = (...all: readonly MemberStatus[]) =>
    statusNotes(new Map(all.map((one, index) => [`cp-${index + 1}`, one])));

  it('names the leader by its node, or by its id when it did not answer', () => {
    expect(notes(status('bb'), status('aa'))).toEqual([
      { severity: 'info', message: 'cp-2 leads: a majority of the members agrees.', nodes: ['cp-2'] },
    ]);
    expect(notes(status('bb'))).toEqual([
      {
        severity: 'info',
        message: 'The leader is member aa, which did not answer here: a majority of the members agrees.',
      },
    ]);
  });

  it('warns when there is no leader, or several', () => {
    expect(notes(status('bb', { leader: '0000000000000000' }))).toEqual([
      {
        severity: 'warning',
        message: '1 member knows no leader: too few members are there for a quorum, or one is being elected.',
        nodes: ['cp-1'],
      },
    ]);
    expect(notes(status('aa'), status('bb', { leader: 'bb' }))[0]).toMatchObject({ severity: 'warning' });
  });

  it('warns about errors and about a log that is not applied, at 5,000 entries', () => {
    expect(notes(status('aa', { errors: 'alarm:NOSPACE' }))).toContainEqual({
      severity: 'warning',
      message: '1 member reports errors.',
      nodes: ['cp-1'],
    });
    expect(notes(status('aa', { appliedIndex: 4000 }))).toHaveLength(1);
    expect(notes(status('aa', { appliedIndex: 3999 }))).toHaveLength(2);
  });

  it('says what defragmenting would free, where that is much', () => {
    expect(notes(status('aa', { sizeBytes: 200 * MIB, usedBytes: 80 * MIB }))[1]).toEqual({
      severity: 'info',
      message: 'Less than half of the database file of cp-1 is in use: defragmenting would free 120 MiB.',
      nodes: ['cp-1'],
    });
    expect(notes(status('aa', { sizeBytes: 100 * MIB, usedBytes: 40 * MIB }))).toHaveLength(1);
    expect(notes(status('aa', { sizeBytes: 200 * MIB, usedBytes: 100 * MIB }))).toHaveLength(1);
  });
});
