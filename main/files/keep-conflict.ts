import { chmod, lstat, rename, rm } from 'node:fs/promises';
import { conflictPath } from './beside-names.ts';
import { sha256Hex } from './fingerprint.ts';
import { readOwnFile } from './own/own-file.ts';

/** Keeps another program's version of a file (real path) where old versions are kept. Rejects where it cannot. */
export type KeepOther = (target: string, bytes: Uint8Array) => Promise<void>;

/** How {@link keepConflict} keeps a version. */
export interface KeepConflictOptions {
  /** Missing: it stays beside the file. */
  readonly keepOther: KeepOther | undefined;
  readonly nowMs: number;
}

/**
 * Keeps another program's version of `target` that lies at `from`: among the old versions, or, where they cannot take it,
 * beside the file, readable by its owner only: it holds keys. A file that has further names keeps its mode, since it may
 * be the one in use. Answers with its path beside the file; undefined when it is among the old versions. Rejects with the
 * system's error.
 */
export async function keepConflict(
  from: string,
  target: string,
  { keepOther, nowMs }: KeepConflictOptions,
): Promise<string | undefined> {
  if (keepOther && (await isTakenOver(from, target, keepOther))) return undefined;
  const keptAt = conflictPath(target, nowMs);
  if ((await lstat(from)).nlink === 1) await chmod(from, 0o600);
  await rename(from, keptAt);
  return keptAt;
}

/** Moves a version among the old ones. False: it lies where it was. */
export async function isTakenOver(from: string, target: string, keepOther: KeepOther): Promise<boolean> {
  try {
    const bytes = await readOwnFile(from);
    await keepOther(target, bytes);
    // Its writer may be at it still: what was kept is then not what is there.
    if (sha256Hex(await readOwnFile(from)) !== sha256Hex(bytes)) return false;
    await rm(from);
    return true;
  } catch {
    return false;
  }
}
