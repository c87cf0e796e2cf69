import { expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { etcdView } from '../../../../main/operations/etcd/etcd-view.ts';
import { readEtcd } from '../../../../main/operations/etcd/read-etcd.ts';
import type { EtcdMemberView } from '../../../../preload/contract/index.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const status = {
  ...{
    member_id: '1',
    leader: '0',
    protocol_version: '3.6.6',
    storage_version: '3.6.0',
    db_size: '1',
    db_size_in_use: '1',
  },
  ...{ raft_index: '1', raft_term: '7', raft_applied_index: '1', is_learner: false, errors: [] },
};

/** Members tell of themselves, and nobody lists them. */
const leaderless = {
  unary: (path: string) =>
    path.endsWith('/EtcdStatus')
      ? Promise.resolve({ value: { messages: [{ member_status: status }] } })
      : Promise.reject(new Failed({ code: 'internal', message: 'etcdserver: no leader' })),
  explain: (error: unknown) => (error as Failed).failure,
} as unknown as Caller;

it('members and alarms of the look before stand in where nobody lists them, and what each says of itself is new', async () => {
  const clock = new FakeClock();
  const before: EtcdMemberView = {
    ...{ id: '0000000000000001', hostname: 'cp-1', peerUrls: [], clientUrls: [], isLearner: false },
    ...{ isLeader: true, alarms: ['NOSPACE'], node: '10.5.0.2' },
  };
  const node = nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' });
  const { signal } = new AbortController();

  const view = etcdView(await readEtcd({ connection: leaderless, nodes: [node], known: [before], clock, signal }));

  expect(view).toMatchObject({ status: 'stale', atMs: clock.now(), failure: { message: 'etcdserver: no leader' } });
  expect(view).not.toHaveProperty('leader');
  expect(view.members).toMatchObject([
    { hostname: 'cp-1', isLeader: false, alarms: ['NOSPACE'], report: { raftTerm: 7 } },
  ]);
});
