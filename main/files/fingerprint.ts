import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';

/** What a file was when we read it. Two readings are the same version when `sha256` is equal. */
export interface Fingerprint {
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** Permission bits, e.g. 0o600. */
  readonly mode: number;
  /** Device and inode; tells a replaced file from a rewritten one. */
  readonly inode: string;
  readonly modifiedAtMs: number;
}

/** Lower-case hex SHA-256. */
export const sha256Hex = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Fingerprint of bytes and of the file they were read from. */
export function fingerprintOf(bytes: Uint8Array, stat: BigIntStats): Fingerprint {
  return {
    sha256: sha256Hex(bytes),
    sizeBytes: bytes.byteLength,
    mode: Number(stat.mode & 0o7777n),
    inode: `${stat.dev}:${stat.ino}`,
    modifiedAtMs: Number(stat.mtimeMs),
  };
}
