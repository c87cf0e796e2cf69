import { createHash } from 'node:crypto';
import { Failed } from '../../lib/failed.ts';

/** etcd puts the SHA-256 of the database behind it. */
const HASH_BYTES = 32;
/** A database (bbolt) is made of whole pages of a multiple of so many bytes. */
const PAGE_BYTES = 512;
/** etcd itself warns above 8 GiB; what goes on and on would fill the disk, also at night. */
const MOST_BYTES = 32 * 1024 ** 3;

/**
 * A snapshot of etcd as it comes, judged at its end, before anybody takes it for one (docs/talos-behaviour.md §6.12): its
 * size, and the hash of all but its last 32 bytes, which talosctl does not compare. Throws Failed `invalid` for one that is
 * cut or broken, or goes on beyond `most` bytes.
 */
export async function* checkedSnapshot(
  bytes: AsyncIterable<Uint8Array>,
  most = MOST_BYTES,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let last = Buffer.alloc(0);
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most) throw broken(`more than ${most} bytes`, 'it is larger than any database of etcd');
    // A gibibyte would be copied once more if each piece were put together with what came before.
    if (piece.length >= HASH_BYTES) {
      hash.update(last);
      hash.update(piece.subarray(0, -HASH_BYTES));
      last = Buffer.from(piece.subarray(-HASH_BYTES));
    } else {
      const known = Buffer.concat([last, piece]);
      const sure = Math.max(0, known.length - HASH_BYTES);
      hash.update(known.subarray(0, sure));
      last = known.subarray(sure);
    }
    yield piece;
  }
  if (size <= HASH_BYTES || size % PAGE_BYTES !== HASH_BYTES) {
    throw broken(`sha256 checksum not found (size ${size})`, 'it was cut on its way');
  }
  if (!hash.digest().equals(last)) throw broken('sha256 checksum does not match', 'its content is not what etcd sent');
}

const broken = (details: string, why: string): Failed =>
  new Failed({
    code: 'invalid',
    message: `The snapshot cannot be used: ${why}. Nothing was kept.`,
    hint: 'Take it again, from another control plane if it happens twice.',
    details,
    retry: 'safe',
  });
