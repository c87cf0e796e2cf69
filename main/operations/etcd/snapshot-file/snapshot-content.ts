import type { SnapshotContent, SnapshotMember } from '../../../../preload/contract/index.ts';
import { visible } from '../../../lib/visible.ts';
import { BboltFile } from './bbolt-file.ts';
import type { Leaf } from './bbolt-page.ts';
import { Unreadable, type BytesAt } from './bytes.ts';
import { crc32c } from './crc32c.ts';

/** A revision: 8 bytes, `_`, 8 bytes; one byte more marks a key that was deleted. */
const REVISION_BYTES = 17;
const TOMBSTONE_BYTES = 18;
const TOMBSTONE = 't'.charCodeAt(0);
/** Keys are counted as long as so many bytes of them have to be remembered. */
const MOST_KEY_BYTES = 48 * 1024 * 1024;
const MOST_MEMBERS = 50;
const MOST_TEXT = 253;

/**
 * What a database of etcd holds, as `etcdutl snapshot status` works it out (docs/talos-behaviour.md §D), and its members; reads every
 * page once. Throws {@link Unreadable} for what is no whole database of etcd.
 */
export function snapshotContent(bytes: BytesAt): SnapshotContent {
  const file = new BboltFile(bytes);
  const keys = new LivingKeys();
  const found: { members: SnapshotMember[]; clusterVersion?: string; storageVersion?: string } = { members: [] };
  let hash = 0;
  let hasKeys = false;
  for (const { name, place } of file.buckets()) {
    hash = crc32c(name, hash);
    const bucket = name.toString('latin1');
    hasKeys ||= bucket === 'key';
    for (const leaf of file.entries(place)) {
      hash = crc32c(leaf.value, crc32c(leaf.key, hash));
      if (leaf.isBucket) continue;
      if (bucket === 'key') keys.take(leaf);
      else take(bucket, leaf, found);
    }
  }
  if (!hasKeys) throw new Unreadable('it has no keys of etcd (bucket “key”)');
  return {
    hash: hash.toString(16).padStart(8, '0'),
    revision: keys.revision,
    ...(keys.count !== undefined && { keys: keys.count }),
    usedBytes: file.usedBytes,
    ...found,
  };
}

/** Which keys there are after every revision, in their order. */
class LivingKeys {
  #living: Set<string> | undefined = new Set();
  #bytes = 0;
  revision = 0;

  /** Undefined when there are too many to be counted. */
  get count(): number | undefined {
    return this.#living?.size;
  }

  take({ key: revision, value }: Leaf): void {
    const isTombstone = revision.length === TOMBSTONE_BYTES && revision[REVISION_BYTES] === TOMBSTONE;
    if (revision.length !== REVISION_BYTES && !isTombstone) throw new Unreadable('a revision of it is none');
    this.revision = Number(revision.readBigUInt64BE(0));
    if (this.#living === undefined) return;
    const key = keyOf(value).toString('latin1');
    const before = this.#living.size;
    if (isTombstone) this.#living.delete(key);
    else this.#living.add(key);
    this.#bytes += (this.#living.size - before) * key.length;
    if (this.#bytes > MOST_KEY_BYTES) this.#living = undefined;
  }
}

/** The key of a KeyValue in protobuf: field 1, which etcd writes first. */
function keyOf(value: Buffer): Buffer {
  if (value[0] !== 0x0a) throw new Unreadable('a value of it names no key');
  let length = 0;
  let at = 1;
  for (let shift = 0; ; shift += 7, at += 1) {
    const byte = value[at];
    if (byte === undefined || shift > 28) throw new Unreadable('a value of it is cut');
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  const from = at + 1;
  if (from + length > value.length) throw new Unreadable('a value of it is cut');
  return value.subarray(from, from + length);
}

/** What buckets beside that of the keys tell. What is not as expected there is left out: it is told, not trusted. */
function take(
  bucket: string,
  { key, value }: Leaf,
  found: { members: SnapshotMember[]; clusterVersion?: string; storageVersion?: string },
): void {
  const name = key.length <= MOST_TEXT ? key.toString('utf8') : '';
  if (bucket === 'members' && found.members.length < MOST_MEMBERS) {
    const member = memberOf(name, value);
    if (member) found.members.push(member);
  }
  if (bucket === 'cluster' && name === 'clusterVersion') found.clusterVersion = text(value.toString('utf8'));
  if (bucket === 'meta' && name === 'storageVersion') found.storageVersion = text(value.toString('utf8'));
}

/** etcd keeps members as JSON by their id in hexadecimal digits. */
function memberOf(id: string, value: Buffer): SnapshotMember | undefined {
  if (!/^[0-9a-f]{1,16}$/.test(id) || value.length > 64 * 1024) return undefined;
  try {
    const read: unknown = JSON.parse(value.toString('utf8'));
    if (typeof read !== 'object' || read === null) return undefined;
    const { name, peerURLs } = read as { readonly name?: unknown; readonly peerURLs?: unknown };
    const urls = Array.isArray(peerURLs) ? peerURLs.filter((url): url is string => typeof url === 'string') : [];
    return {
      id: id.padStart(16, '0'),
      name: typeof name === 'string' ? text(name) : '',
      peerUrls: urls.slice(0, 10).map(text),
      isLearner: 'isLearner' in read && read.isLearner === true,
    };
  } catch {
    return undefined;
  }
}

const text = (value: string): string => visible(value.slice(0, MOST_TEXT).replaceAll(/\s+/g, ' ').trim());
