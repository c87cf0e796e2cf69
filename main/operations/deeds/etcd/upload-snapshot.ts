import { open } from 'node:fs/promises';
import { formatBytes } from '../../../../preload/contract/format/sizes.ts';
import { Failed } from '../../../lib/failed.ts';
import { toFileFailed } from '../../../files/file-failure.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import type { ActTools } from '../../plans/plan.ts';

/** talosctl sends 4 KiB at a time; a message may be larger. */
const PIECE_BYTES = 64 * 1024;
/** Told again after so many bytes. */
const TOLD_EVERY = 8 * 1024 * 1024;

/**
 * The bytes of a snapshot, as the machine takes them. Throws Failed `cancelled` when nobody waits any more, `conflict` when the file is
 * not as long as it was, and what reading it throws: then the machine gets no end of it, and does nothing with what came.
 */
export async function* uploadPieces(
  { path, bytes }: Pick<SnapshotRecord, 'path' | 'bytes'>,
  acting: Pick<ActTools, 'signal' | 'tell'> | undefined,
): AsyncGenerator<{ readonly bytes: Uint8Array }, void, undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw toFileFailed(error, path);
  });
  try {
    let sent = 0;
    let told = 0;
    while (sent < bytes) {
      if (acting?.signal.aborted === true) throw stopped();
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, bytes - sent));
      const { bytesRead } = await file.read(piece, 0, piece.length, sent);
      if (bytesRead === 0) throw shorter();
      sent += bytesRead;
      yield { bytes: piece.subarray(0, bytesRead) };
      if (sent - told < TOLD_EVERY && sent < bytes) continue;
      told = sent;
      acting?.tell(`${formatBytes(sent)} of ${formatBytes(bytes)} were sent.`);
    }
  } finally {
    await file.close();
  }
}

const stopped = (): Failed =>
  new Failed({ code: 'cancelled', message: 'You stopped it while the snapshot was sent. etcd waits as before.' });

const shorter = (): Failed =>
  new Failed({ code: 'conflict', message: 'The file of the snapshot became shorter while it was sent.' });
