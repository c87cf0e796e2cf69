import { memberIdText } from '../../etcd/member-id.ts';
import { quorumNotes } from '../../etcd/quorum.ts';
import { unaryCommand } from '../kit/unary-command.ts';

/** `talosctl etcd members` (docs/talos-behaviour.md §6.1): the members as the etcd of each node lists them. */
export const etcdMembers = unaryCommand({
  id: 'etcd-members',
  title: 'Etcd members',
  about: 'Members of etcd as each control plane lists them, and how many may fail.',
  method: '/machine.MachineService/EtcdMemberList',
  syntax: { names: ['etcd members'] },
  params: [],
  columns: [
    { id: 'id', title: 'ID', kind: 'text' },
    { id: 'hostname', title: 'HOSTNAME', kind: 'text' },
    { id: 'peers', title: 'PEER URLS', kind: 'text' },
    { id: 'clients', title: 'CLIENT URLS', kind: 'text' },
    { id: 'learner', title: 'LEARNER', kind: 'state' },
  ],
  request: () => ({ query_local: true }),
  rows: (reply) =>
    reply.messages
      .flatMap(({ members }) => members)
      .map((member) => [
        memberIdText(member.id),
        member.hostname,
        member.peer_urls.join(','),
        member.client_urls.join(','),
        member.is_learner,
      ]),
  conclude: (answers) =>
    quorumNotes(
      new Map(
        [...answers].map(([node, rows]) => [
          node,
          rows.map(([id, name, , , isLearner]) => ({
            id: String(id),
            name: String(name),
            isLearner: isLearner === true,
          })),
        ]),
      ),
    ),
});
