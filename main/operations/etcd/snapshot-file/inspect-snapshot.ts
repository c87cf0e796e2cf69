import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { SnapshotInspection } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { Unreadable, type BytesAt } from './bytes.ts';
import { snapshotContent } from './snapshot-content.ts';

/** etcd puts the SHA-256 of the database behind it; a database is made of whole pages of a multiple of so many bytes. */
const HASH_BYTES = 32;
const SECTOR_BYTES = 512;
const PIECE_BYTES = 1024 * 1024;
/** etcd itself warns above 8 GiB. */
const MOST_BYTES = 32 * 1024 ** 3;

/**
 * Looks at a snapshot of etcd that lies on the disk, or at a database that was copied: whether its SHA-256 is right, and what it holds.
 * Reads the file twice and changes nothing. What is no such file is told in `problem`. For a worker thread: it waits for the disk.
 * Throws Failed `file-access` for what cannot be read.
 */
export function inspectSnapshot(path: string): SnapshotInspection {
  const name = basename(path);
  let file: number;
  try {
    // A pipe would be waited for.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw notRead(name, error);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw notRead(name, undefined);
    return inspected(name, stat.size, file);
  } catch (error) {
    throw error instanceof Failed ? error : notRead(name, error);
  } finally {
    closeSync(file);
  }
}

function inspected(name: string, bytes: number, file: number): SnapshotInspection {
  const said = { name, bytes };
  if (bytes > MOST_BYTES) return { ...said, integrity: 'missing', problem: 'It is too large for a snapshot of etcd.' };
  const hasHash = bytes > HASH_BYTES && bytes % SECTOR_BYTES === HASH_BYTES;
  const length = hasHash ? bytes - HASH_BYTES : bytes;
  const read = (at: number, count: number): Buffer => {
    const piece = Buffer.allocUnsafe(count);
    let got = 0;
    while (got < count) {
      const some = readSync(file, piece, got, count - got, at + got);
      if (some === 0) throw new Unreadable('it became shorter while it was read');
      got += some;
    }
    return piece;
  };
  // Never right before that was seen: the file may be cut meanwhile.
  let integrity: SnapshotInspection['integrity'] = hasHash ? 'wrong' : 'missing';
  try {
    if (hasHash && isRight(read, length)) integrity = 'right';
    if (integrity === 'wrong') {
      return {
        ...said,
        integrity,
        problem: 'It is not what etcd sent: its SHA-256 does not match. It cannot be used.',
      };
    }
    const source: BytesAt = { length, read };
    return { ...said, integrity, content: snapshotContent(source) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ...said, integrity, problem: `It is no whole database of etcd: ${error.message}.` };
  }
}

function isRight(read: BytesAt['read'], length: number): boolean {
  const hash = createHash('sha256');
  for (let at = 0; at < length; at += PIECE_BYTES) hash.update(read(at, Math.min(PIECE_BYTES, length - at)));
  return hash.digest().equals(read(length, HASH_BYTES));
}

const notRead = (name: string, cause: unknown): Failed =>
  new Failed({ code: 'file-access', message: `${name} cannot be read.`, where: { file: name } }, cause);
