import { createHash } from 'node:crypto';
import type { VirtualCluster } from '../cluster/cluster.ts';
import { bboltPages, type WrittenBucket } from './write-bbolt.ts';

const PAGE_BYTES = 4096;
/** Keys of Kubernetes that the simulated etcd holds. */
const KEYS = 400;
const REVISION = 120_331;

/** A whole snapshot of etcd: its database, filled up with free pages to the size that was asked for, then their SHA-256. */
export function* snapshotPieces(cluster: VirtualCluster): Generator<{ readonly bytes: Buffer }> {
  const { bytes: wanted, chunkBytes } = cluster.snapshot;
  const buckets = bucketsOf(cluster);
  const free = Math.max(0, Math.ceil(wanted / PAGE_BYTES) - bboltPages(buckets).length / PAGE_BYTES);
  // Its list of free pages takes some of them.
  const database = bboltPages(buckets, Math.max(0, free - Math.ceil((free * 8) / PAGE_BYTES)));
  const hash = createHash('sha256');
  for (let at = 0; at < database.length; at += chunkBytes) {
    const bytes = database.subarray(at, at + chunkBytes);
    hash.update(bytes);
    yield { bytes };
  }
  // What was on free pages before is still there: a pattern that does not compress to nothing.
  const piece = Buffer.alloc(Math.max(chunkBytes, PAGE_BYTES));
  for (let at = 0; at < piece.length; at++) piece[at] = (at * 167 + cluster.seed) & 255;
  const filler = freePages(database) * PAGE_BYTES;
  for (let sent = 0; sent < filler;) {
    const bytes = piece.subarray(0, Math.min(chunkBytes, filler - sent));
    hash.update(bytes);
    yield { bytes };
    sent += bytes.length;
  }
  yield { bytes: hash.digest() };
}

const DATABASES = new WeakMap<VirtualCluster, { readonly members: unknown; readonly bytes: Buffer }>();

/** The database as it lies on the disk of a member: without free pages, and without the SHA-256 that a snapshot has. */
export function etcdDatabase(cluster: VirtualCluster): Buffer {
  const { members } = cluster.etcd;
  const known = DATABASES.get(cluster);
  if (known?.members === members) return known.bytes;
  const bytes = bboltPages(bucketsOf(cluster));
  DATABASES.set(cluster, { members, bytes });
  return bytes;
}

/** Pages that the database knows and that are not written yet. */
const freePages = (database: Buffer): number =>
  Number(database.readBigUInt64LE(16 + 40)) - database.length / PAGE_BYTES;

function bucketsOf({ etcd, name }: VirtualCluster): readonly WrittenBucket[] {
  const members = [...etcd.members]
    .sort((a, b) => (a.hex < b.hex ? -1 : 1))
    .map(({ hex, node, isLearner }): readonly [Buffer, Buffer] => {
      const peerURLs = [`https://${node.address}:2380`];
      const clientURLs = [`https://${node.address}:2379`];
      const member = { id: Number(BigInt(`0x${hex}`)), peerURLs, name: node.name, clientURLs, isLearner };
      return [Buffer.from(hex), Buffer.from(JSON.stringify(member))];
    });
  return [
    { name: 'cluster', entries: [[Buffer.from('clusterVersion'), Buffer.from('3.6.0')]] },
    { name: 'key', entries: keys(name) },
    { name: 'members', entries: members },
    { name: 'meta', entries: [[Buffer.from('storageVersion'), Buffer.from('3.6.0')]] },
  ];
}

/** Some keys under the last revisions; the first one was deleted at the end. */
function keys(name: string): WrittenBucket['entries'] {
  const first = REVISION - KEYS;
  const written = Array.from({ length: KEYS }, (_each, index): readonly [Buffer, Buffer] => [
    revisionOf(first + index),
    keyValue(`/registry/pods/${name}/pod-${index}`, `pod ${index} of ${name}`),
  ]);
  const gone = Buffer.concat([revisionOf(REVISION), Buffer.from('t')]);
  return [...written, [gone, keyValue(`/registry/pods/${name}/pod-0`, '')]];
}

function revisionOf(main: number): Buffer {
  const revision = Buffer.alloc(17);
  revision.writeBigUInt64BE(BigInt(main), 0);
  revision.write('_', 8);
  return revision;
}

/** KeyValue in protobuf: its key and its value; all lengths here take one or two bytes. */
function keyValue(key: string, value: string): Buffer {
  const field = (tag: number, text: string): Buffer => {
    const bytes = Buffer.from(text);
    const length = bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7];
    return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
  };
  return Buffer.concat([field(0x0a, key), ...(value === '' ? [] : [field(0x2a, value)])]);
}
