import { memberIdText } from '../../etcd/member-id.ts';
import { statusNotes, type MemberStatus } from '../../etcd/member-status.ts';
import { finite, toNumber, wholeCell } from '../kit/cells.ts';
import type { Row } from '../kit/definition.ts';
import { unaryCommand } from '../kit/unary-command.ts';

/** A row read back for what all of them mean. */
function statusOf([id, size, used, leader, index, , applied, , , , errors]: Row): MemberStatus {
  return {
    id: String(id),
    leader: String(leader),
    sizeBytes: Number(size),
    usedBytes: Number(used),
    raftIndex: Number(index),
    appliedIndex: Number(applied),
    errors: String(errors),
  };
}

/** `talosctl etcd status` (docs/talos-behaviour.md §6.1): each member about itself. The share in use is not rounded. */
export const etcdStatus = unaryCommand({
  id: 'etcd-status',
  title: 'Etcd status',
  about: 'Size, leader, log and errors of the etcd of each control plane.',
  method: '/machine.MachineService/EtcdStatus',
  syntax: { names: ['etcd status'] },
  params: [],
  columns: [
    { id: 'member', title: 'MEMBER', kind: 'text' },
    { id: 'size', title: 'DB SIZE', kind: 'bytes' },
    { id: 'used', title: 'IN USE', kind: 'bytes' },
    { id: 'leader', title: 'LEADER', kind: 'text' },
    { id: 'index', title: 'RAFT INDEX', kind: 'number' },
    { id: 'term', title: 'RAFT TERM', kind: 'number' },
    { id: 'applied', title: 'RAFT APPLIED INDEX', kind: 'number' },
    { id: 'learner', title: 'LEARNER', kind: 'state' },
    { id: 'protocol', title: 'PROTOCOL', kind: 'text' },
    { id: 'storage', title: 'STORAGE', kind: 'text' },
    { id: 'errors', title: 'ERRORS', kind: 'text' },
    { id: 'share', title: 'IN USE %', kind: 'percent', isExtra: true },
  ],
  picture: { kind: 'bars', used: 'used', total: 'size', share: 'share' },
  liveEveryMs: 2000,
  request: () => ({}),
  rows: (reply) =>
    reply.messages
      .flatMap(({ member_status: status }) => status ?? [])
      .map((status) => {
        const size = toNumber(status.db_size);
        return [
          memberIdText(status.member_id),
          wholeCell(status.db_size),
          wholeCell(status.db_size_in_use),
          memberIdText(status.leader),
          wholeCell(status.raft_index),
          wholeCell(status.raft_term),
          wholeCell(status.raft_applied_index),
          status.is_learner,
          status.protocol_version,
          status.storage_version,
          status.errors.join(', '),
          size > 0 ? finite(toNumber(status.db_size_in_use) / size) : 0,
        ];
      }),
  conclude: (answers) =>
    statusNotes(
      new Map([...answers].flatMap(([node, [row]]) => (row === undefined ? [] : [[node, statusOf(row)] as const]))),
    ),
});
