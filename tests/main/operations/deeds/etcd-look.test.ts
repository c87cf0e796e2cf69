import { expect, it } from 'vitest';
import type { DeedTools } from '../../../../main/operations/deeds/kit/definition.ts';
import { lookAtEtcd, silentVoters } from '../../../../main/operations/deeds/etcd/look.ts';
import { nodeOf } from '../../../fakes/bridge/cluster-data.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const ID_OF: Readonly<Record<string, string>> = { '10.5.0.2': '1', '10.5.0.3': '2' };

it('a machine whose role is not known is asked for its member, too: it is not taken for one that is lost', async () => {
  const members = Object.entries(ID_OF).map(([, id]) => ({
    ...{ id, hostname: `cp-${id}`, peer_urls: [], client_urls: [], is_learner: false },
  }));
  const status = {
    ...{ leader: '1', protocol_version: '3.6.6', storage_version: '3.6.0', db_size: '1', db_size_in_use: '1' },
    ...{ raft_index: '1', raft_term: '7', raft_applied_index: '1', is_learner: false, errors: [] },
  };
  const answer = (path: string, node: string): object =>
    path.endsWith('/EtcdStatus')
      ? { messages: [{ member_status: { ...status, member_id: ID_OF[node] } }] }
      : { messages: path.endsWith('/EtcdMemberList') ? [{ members }] : [] };
  const caller = {
    unary: (path: string, _request: object, { node }: { readonly node: string }) =>
      Promise.resolve({ value: answer(path, node) }),
  };
  const nodes = [
    nodeOf('10.5.0.3', { hostname: 'cp-2', role: 'unknown' }),
    nodeOf('10.5.0.2', { hostname: 'cp-1', role: 'controlplane' }),
  ];
  const tools = { caller: () => caller, nodes: () => nodes, clock: new FakeClock() } as unknown as DeedTools;

  const etcd = await lookAtEtcd(tools, new AbortController().signal);

  expect(silentVoters(etcd)).toEqual([]);
  expect(etcd.quorum).toMatchObject({ voters: 2, alive: 2 });
});
