import { expect, it } from 'vitest';
import { Failed } from '../../../../main/lib/failed.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { etcdView } from '../../../../main/operations/etcd/etcd-view.ts';
import { EtcdWatch } from '../../../../main/operations/etcd/etcd-watch.ts';
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

it('a look that finds what the one before found is no reason to show it at once; one with another leader is', async () => {
  const clock = new FakeClock();
  let told = { ...status };
  const calls = (path: string): object =>
    path.endsWith('/EtcdStatus')
      ? { messages: [{ member_status: told }] }
      : path.endsWith('/EtcdMemberList')
        ? {
            messages: [{ members: [{ id: '1', hostname: 'cp-1', peer_urls: [], client_urls: [], is_learner: false }] }],
          }
        : { messages: [] };
  const caller = { unary: (path: string) => Promise.resolve({ value: calls(path) }), nodes: [] } as unknown as Caller;
  const node = nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' });
  const changes: string[] = [];
  const watch = new EtcdWatch({
    ...{ clock, context: () => 'sim', connection: () => caller, nodes: () => ({ nodes: [node] }) },
    onChange: (what) => changes.push(what),
  });
  watch.start();
  const look = async (): Promise<string | undefined> => {
    const before = changes.length;
    clock.advance(5_000);
    watch.tick();
    await expect.poll(() => changes.length).toBe(before + 1);
    return changes.at(-1);
  };

  expect(await look()).toBe('state');
  told = { ...status, raft_index: '900', db_size: '7' };
  expect(await look()).toBe('age');
  told = { ...told, leader: '1' };
  expect(await look()).toBe('state');
  watch.stop();
});

it('counts no votes while nobody has listed the members: those that answer may be few of them', async () => {
  const clock = new FakeClock();
  const { signal } = new AbortController();
  // One machine, known by two addresses; the others do not answer.
  const nodes = ['10.5.0.2', '10.5.0.9'].map((at) => nodeOf(at, { hostname: at, role: 'controlplane' }));
  const look = () => readEtcd({ connection: leaderless, nodes, known: [], clock, signal });

  const view = etcdView(await look());

  expect(view).not.toHaveProperty('quorum');
  expect(view).toMatchObject({ status: 'stale', members: [{ id: '0000000000000001' }], missing: [] });
});

it('goes on not to count them at the next looks', async () => {
  const clock = new FakeClock();
  const node = nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' });
  let looks = 0;
  const watch = new EtcdWatch({
    ...{ clock, context: () => 'sim', connection: () => leaderless, nodes: () => ({ nodes: [node] }) },
    onChange: () => {
      looks += 1;
    },
  });
  watch.start();
  for (const wanted of [1, 2]) {
    clock.advance(5_000);
    watch.tick();
    await expect.poll(() => looks).toBe(wanted);
    expect(watch.current).not.toHaveProperty('quorum');
  }
  watch.stop();
});
