import { describe, expect, it } from 'vitest';
import {
  listedMembers,
  memberReport,
  raisedAlarms,
  type MemberReading,
} from '../../../../main/operations/etcd/etcd-readings.ts';
import { etcdView, type EtcdLook } from '../../../../main/operations/etcd/etcd-view.ts';
import { failureOf } from '../../../fakes/bridge/fake-bridge.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';

/* Answers as three machines gave them: ids are numbers of 64 bits as text. */
const IDS = ['10276657743932975437', '2', '255'] as const;
const HEX = ['8e9e05c52164694d', '0000000000000002', '00000000000000ff'] as const;

type MemberList = Parameters<typeof listedMembers>[0];
type Status = Parameters<typeof memberReport>[0];
type Alarms = Parameters<typeof raisedAlarms>[0];

const memberList = {
  messages: [
    {
      members: IDS.map((id, index) => ({
        ...{ id, hostname: `cp-${index + 1}`, is_learner: index === 2 },
        ...{ peer_urls: [`https://10.5.0.${index + 2}:2380`], client_urls: [`https://10.5.0.${index + 2}:2379`] },
      })),
    },
  ],
} as unknown as MemberList;
const status = (id: string, leader: string, term: number): Status =>
  ({
    messages: [
      {
        member_status: {
          ...{ member_id: id, leader, protocol_version: '3.6.6', storage_version: '3.6.0' },
          ...{ db_size: '83886080', db_size_in_use: '50331648' },
          ...{ raft_index: '9001', raft_term: String(term), raft_applied_index: '9000', is_learner: false, errors: [] },
        },
      },
    ],
  }) as unknown as Status;
const machine = (index: number) => nodeOf(`10.5.0.${index + 2}`, { hostname: `cp-${index + 1}`, role: 'controlplane' });
const told = (index: number, leader: string, term = 7): MemberReading => {
  const report = memberReport(status(IDS[index]!, leader, term), 5);
  return { node: machine(index), ...(report && { told: report }) };
};
const silent = (index: number): MemberReading => ({ node: machine(index), failure: failureOf('timeout', 'Silence.') });

const look = (readings: readonly MemberReading[], more: Partial<EtcdLook> = {}): EtcdLook => ({
  ...{ members: listedMembers(memberList), readings, alarms: new Map<string, readonly string[]>(), atMs: 5, ...more },
});

describe('what etcd answers', () => {
  it('is read with ids as etcd writes them', () => {
    expect(listedMembers(memberList).map(({ id }) => id)).toEqual(HEX);
    expect(memberReport(status(IDS[0], IDS[0], 7), 5)).toMatchObject({
      ...{ id: HEX[0], leader: HEX[0], dbBytes: 83_886_080, dbInUseBytes: 50_331_648, raftTerm: 7, raftIndex: 9001 },
    });
    expect(memberReport(status(IDS[1], '0', 7), 5)).not.toHaveProperty('leader');
    const alarms = {
      messages: [
        {
          member_alarms: [
            { member_id: IDS[1], alarm: 'NOSPACE' },
            { member_id: IDS[1], alarm: 'NOSPACE' },
            { member_id: IDS[0], alarm: 'NONE' },
          ],
        },
      ],
    };
    expect([...raisedAlarms(alarms as unknown as Alarms)]).toEqual([[HEX[1], ['NOSPACE']]]);
  });

  it('is joined by id: machines, leader, alarms; learners do not vote', () => {
    const alarms = new Map([[HEX[1], ['NOSPACE']]]);
    const {
      members,
      leader,
      quorum,
      status: state,
    } = etcdView(
      look(
        [0, 1, 2].map((index) => told(index, IDS[0])),
        { alarms },
      ),
    );
    expect([state, leader]).toEqual(['ready', HEX[0]]);
    expect(members.map(({ node, isLeader, alarms: raised }) => [node, isLeader, raised])).toEqual([
      ['10.5.0.2', true, []],
      ['10.5.0.3', false, ['NOSPACE']],
      ['10.5.0.4', false, []],
    ]);
    expect(quorum).toEqual({ voters: 2, needed: 2, alive: 2, mayLose: 0 });
  });

  it('names the leader that those of the newest term name', () => {
    expect(etcdView(look([told(0, IDS[0], 6), told(1, IDS[1], 7)])).leader).toBe(HEX[1]);
  });

  it.each([
    ['no leader', '0'],
    ['another leader, as it lags behind', IDS[1]],
  ])('counts no vote of a member that answers and names %s', (_what, leader) => {
    const members = listedMembers(memberList).map((member) => ({ ...member, isLearner: false }));
    const view = etcdView(look([told(0, IDS[0]), told(1, IDS[0]), told(2, leader, 6)], { members }));

    expect(view.quorum).toEqual({ voters: 3, needed: 2, alive: 2, mayLose: 0 });
    expect(
      etcdView(
        look(
          [0, 1, 2].map((index) => told(index, '0')),
          { members },
        ),
      ).quorum,
    ).toMatchObject({ alive: 3 });
  });

  it('finds the machine of a member that says nothing by name or address, and machines that are no members', () => {
    const { members, missing, quorum } = etcdView(look([told(0, IDS[0]), silent(1), silent(5)]));
    expect(members[1]).toMatchObject({ node: '10.5.0.3', failure: { message: 'Silence.' } });
    expect(members[1]).not.toHaveProperty('report');
    expect(missing).toEqual(['10.5.0.7']);
    expect(quorum).toMatchObject({ alive: 1, mayLose: -1 });
  });
});
