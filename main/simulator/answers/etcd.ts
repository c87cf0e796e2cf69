import { stream, unary, type AnswerContext, type AnswerEntry } from '../answer.ts';
import { onlyControlPlane } from '../errors.ts';
import { etcdMemberId } from '../etcd-members.ts';
import { counter } from '../machine-load.ts';
import { steadyInt } from '../random.ts';
import type { VirtualNode } from '../virtual-node.ts';

const MIB = 1024 ** 2;

/** Answers only on control planes. */
function onControlPlane(context: AnswerContext): AnswerContext {
  if (context.node.role !== 'controlplane') throw onlyControlPlane('etcd');
  return context;
}

const members = ({ cluster }: AnswerContext): readonly VirtualNode[] =>
  cluster.nodes.filter((node) => node.role === 'controlplane');

function status(context: AnswerContext) {
  const { node, nowMs, cluster } = context;
  const leader = members(context).find((each) => each.fault === null && each.stage === 'running') ?? node;
  // All members are at the same place of the log, so it follows from the cluster and not from the node.
  const raftIndex = String(counter(cluster.nodes[0] ?? node, nowMs(), 12, 'raft') + 1_000_000);
  const dbSize = steadyInt(60, 140, cluster.seed, node.name, 'etcd-db') * MIB;
  return {
    member_id: etcdMemberId(node),
    storage_version: '3.6.0',
    protocol_version: '3.6.6',
    db_size: String(dbSize),
    db_size_in_use: String(Math.round(dbSize * 0.6)),
    leader: etcdMemberId(leader),
    raft_index: raftIndex,
    raft_term: '7',
    raft_applied_index: raftIndex,
    is_learner: false,
  };
}

/** Bytes that look like a database: its first page, then a pattern that does not compress to nothing. */
function* snapshot({ cluster: { snapshot: size, seed } }: AnswerContext): Generator<{ readonly bytes: Buffer }> {
  const piece = Buffer.alloc(size.chunkBytes);
  for (let at = 0; at < piece.length; at++) piece[at] = (at * 167 + seed) & 255;
  for (let sent = 0; sent < size.bytes; sent += piece.length) {
    yield { bytes: piece.subarray(0, Math.min(piece.length, size.bytes - sent)) };
  }
}

/** Reading etcd. */
export const etcdAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/EtcdMemberList', (_request, context) => ({
    messages: [
      {
        members: members(onControlPlane(context)).map((node) => ({
          id: etcdMemberId(node),
          hostname: node.name,
          peer_urls: [`https://${node.address}:2380`],
          client_urls: [`https://${node.address}:2379`],
        })),
      },
    ],
  })),
  unary('/machine.MachineService/EtcdStatus', (_request, context) => ({
    messages: [{ member_status: status(onControlPlane(context)) }],
  })),
  unary('/machine.MachineService/EtcdAlarmList', (_request, context) => {
    onControlPlane(context);
    return { messages: [{ member_alarms: [] }] };
  }),
  stream('/machine.MachineService/EtcdSnapshot', (_request, context) => snapshot(onControlPlane(context))),
];
