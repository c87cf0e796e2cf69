import { createHash } from 'node:crypto';
import { unary, upload, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { alreadyExists, failedPrecondition, onlyControlPlane, unknownError } from '../endpoint/errors.ts';

const HASH_BYTES = 32;
const SECTOR_BYTES = 512;

/** What Talos looks at before it bootstraps, in its order (docs/talos-behaviour.md, bootstrapping). */
function mayBootstrap({ node, cluster }: AnswerContext): void {
  if (node.ills.isBootingStill === true) throw failedPrecondition('bootstrap is not available yet');
  if (node.role !== 'controlplane') throw onlyControlPlane('bootstrap');
  if (node.fault?.kind === 'no-time-server') throw failedPrecondition('time is not in sync yet');
  if (cluster.etcd.hasData(node)) throw alreadyExists('etcd data directory is not empty');
}

/** A snapshot ends with the SHA-256 of its database; a database that was copied does not. */
function hasRightHash(bytes: Buffer): boolean {
  if (bytes.length % SECTOR_BYTES !== HASH_BYTES) return false;
  const database = bytes.subarray(0, -HASH_BYTES);
  return createHash('sha256').update(database).digest().equals(bytes.subarray(-HASH_BYTES));
}

/** A new etcd on one machine, from nothing or from a snapshot that was sent there before. */
export const bootstrapAnswers: readonly AnswerEntry[] = [
  upload('/machine.MachineService/EtcdRecover', async (messages, { node, cluster }) => {
    if (node.role !== 'controlplane') throw onlyControlPlane('etcd recover');
    if (!node.services.isHeld('etcd')) throw failedPrecondition('etcd service is not ready for recovery yet');
    const pieces: Uint8Array[] = [];
    for await (const { bytes } of messages) pieces.push(bytes);
    cluster.etcd.takeSnapshot(node, Buffer.concat(pieces));
    return { messages: [{}] };
  }),
  unary('/machine.MachineService/Bootstrap', (request, context) => {
    mayBootstrap(context);
    const { node, cluster } = context;
    const sent = request.recover_etcd ? cluster.etcd.sentTo(node) : undefined;
    if (request.recover_etcd && sent === undefined) {
      throw unknownError('error recovering etcd: open /var/lib/etcd.snapshot: no such file or directory');
    }
    if (sent !== undefined && !request.recover_skip_hash_check && !hasRightHash(sent)) {
      throw unknownError('error recovering etcd: expected sha256 does not match');
    }
    cluster.etcd.bootstrap(node, sent);
    return { messages: [{}] };
  }),
];
