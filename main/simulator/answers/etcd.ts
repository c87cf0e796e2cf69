import { createHash } from 'node:crypto';
import type { MethodPath } from '../../talos/method-types.ts';
import { stream, unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { onlyControlPlane, unknownMethod } from '../endpoint/errors.ts';
import { etcdMemberId } from '../cluster/etcd-members.ts';
import { counter } from '../node/machine-load.ts';
import { steadyInt } from '../wire/random.ts';
import type { VirtualNode } from '../node/virtual-node.ts';

const MIB = 1024 ** 2;

/** Answers only on control planes; `api` is what machined calls the method. */
function onControlPlane(api: string, context: AnswerContext): AnswerContext {
  if (context.node.role !== 'controlplane') throw onlyControlPlane(api);
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

/** A database is made of whole pages of so many bytes, and a snapshot has the hash of all of them behind it. */
const PAGE_BYTES = 512;

/** Bytes that look like a database, a pattern that does not compress to nothing, then their SHA-256. */
function* snapshot({ cluster: { snapshot: size, seed } }: AnswerContext): Generator<{ readonly bytes: Buffer }> {
  const piece = Buffer.alloc(size.chunkBytes);
  for (let at = 0; at < piece.length; at++) piece[at] = (at * 167 + seed) & 255;
  const bytes = Math.ceil(size.bytes / PAGE_BYTES) * PAGE_BYTES;
  const hash = createHash('sha256');
  for (let sent = 0; sent < bytes; sent += piece.length) {
    const chunk = piece.subarray(0, Math.min(piece.length, bytes - sent));
    hash.update(chunk);
    yield { bytes: chunk };
  }
  yield { bytes: hash.digest() };
}

/** Methods that change etcd, and what machined calls them: a worker refuses them, a control plane here has them not. */
const CHANGES: readonly (readonly [path: MethodPath, api: string])[] = [
  ['/machine.MachineService/EtcdRemoveMemberByID', 'etcd remove member'],
  ['/machine.MachineService/EtcdLeaveCluster', 'etcd leave'],
  ['/machine.MachineService/EtcdForfeitLeadership', 'etcd forfeit leadership'],
  ['/machine.MachineService/EtcdRecover', 'etcd recover'],
  ['/machine.MachineService/EtcdAlarmDisarm', 'etcd alarm disarm'],
  ['/machine.MachineService/EtcdDefragment', 'etcd defragment'],
  ['/machine.MachineService/EtcdDowngradeCancel', 'etcd downgrade cancel'],
  ['/machine.MachineService/EtcdDowngradeEnable', 'etcd downgrade enable'],
  ['/machine.MachineService/EtcdDowngradeValidate', 'etcd downgrade validate'],
];

const refusedChanges = CHANGES.map(([path, api]) =>
  unary(path, (_request, context) => {
    onControlPlane(api, context);
    const [, service = '', method = ''] = path.split('/');
    throw unknownMethod(method, service);
  }),
);

/** Reading etcd. */
export const etcdAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/EtcdMemberList', (_request, context) => ({
    messages: [
      {
        members: members(onControlPlane('member list', context)).map((node) => ({
          id: etcdMemberId(node),
          hostname: node.name,
          peer_urls: [`https://${node.address}:2380`],
          client_urls: [`https://${node.address}:2379`],
        })),
      },
    ],
  })),
  unary('/machine.MachineService/EtcdStatus', (_request, context) => ({
    messages: [{ member_status: status(onControlPlane('etcd status', context)) }],
  })),
  unary('/machine.MachineService/EtcdAlarmList', (_request, context) => {
    onControlPlane('etcd alarm list', context);
    return { messages: [{ member_alarms: [] }] };
  }),
  stream('/machine.MachineService/EtcdSnapshot', (_request, context) =>
    snapshot(onControlPlane('etcd snapshot', context)),
  ),
  ...refusedChanges,
];
