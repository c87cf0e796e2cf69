import { Failed } from '../../lib/failed.ts';
import { sha256Hex } from '../fingerprint.ts';
import { MAX_FILE_BYTES } from '../read-file.ts';
import type { HistoryEntry } from './history-entry.ts';
import { versionGone } from './history-failures.ts';
import type { Seal } from './history-options.ts';
import { readOwnFile } from './own-file.ts';

/** Sealed bytes are base64 and then encrypted. */
const MAX_SEALED_BYTES = 2 * MAX_FILE_BYTES;

/** Which version lies at a place, by its hash. */
interface KeptBytes extends Pick<HistoryEntry, 'path' | 'isSealed'> {
  readonly sha256: string;
}

/** The bytes of a version that is kept at `at`. Throws Failed: `not-found`, `file-access` while they cannot be opened, `file-invalid`. */
export async function versionBytes(at: string, kept: KeptBytes, seal: Seal | undefined): Promise<Uint8Array> {
  const { path, isSealed, sha256 } = kept;
  if (isSealed && !seal) {
    throw new Failed({
      code: 'file-access',
      message: 'This version is encrypted, and the keychain of this system is not available now.',
      hint: 'Unlock the keychain and try again.',
      retry: 'safe',
    });
  }
  let bytes: Uint8Array;
  try {
    bytes = await readOwnFile(at, MAX_SEALED_BYTES);
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'file-missing') throw versionGone(path);
    throw error;
  }
  if (isSealed && seal) bytes = await seal.open(bytes);
  if (sha256Hex(bytes) !== sha256) {
    throw new Failed({
      code: 'file-invalid',
      message: 'The kept version is damaged and is not put back.',
      where: { file: path },
    });
  }
  return bytes;
}
