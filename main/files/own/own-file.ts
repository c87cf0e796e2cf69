import { constants, type Stats } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { Failed } from '../../lib/failed.ts';
import { systemCode, toFileFailed } from '../file-failure.ts';
import { MAX_FILE_BYTES, OPEN_FLAGS, readRegularFile, type FileBytes } from '../read-file.ts';

/**
 * Files of our own, and those that Minos puts beside a user's file. Minos only ever makes regular files, so anything else
 * under such a name was put there by something else: it is not followed, not waited for, not changed, and said.
 */

/** What is at a path; symbolic links are not followed. */
export type KindOfFile = 'file' | 'missing' | 'symbolic link' | 'folder' | 'pipe' | 'socket' | 'device';

/** What is at a path. Never opens it. Throws Failed `file-access` where that cannot be found out. */
export async function kindOf(path: string): Promise<KindOfFile> {
  const found = await statOwnFile(path);
  return found === undefined ? 'missing' : kindFrom(found);
}

/** What a file of our own is now; undefined when there is none. Throws Failed like {@link kindOf}. */
export async function statOwnFile(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw toFileFailed(error, path);
  }
}

/** Throws Failed `file-access` unless there is a regular file or nothing. */
export async function expectOwnFile(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind !== 'file' && kind !== 'missing') throw notOurs(path, kind);
}

/** Throws Failed `file-access` unless there is a real folder or nothing. */
export async function expectOwnFolder(path: string): Promise<void> {
  const kind = await kindOf(path);
  if (kind !== 'folder' && kind !== 'missing') throw notOurs(path, kind, 'a folder');
}

/** Reads a file of our own. Throws Failed `file-missing`, `file-access` (also for what is no regular file) or `too-large`. */
export async function readOwnFile(path: string, maxBytes = MAX_FILE_BYTES): Promise<Buffer> {
  return (await readOwnFileBytes(path, maxBytes)).bytes;
}

/** {@link readOwnFile}, and what the file was at that moment. */
export async function readOwnFileBytes(path: string, maxBytes = MAX_FILE_BYTES): Promise<FileBytes> {
  // Where the system cannot refuse links itself (Windows), they are looked for.
  if (constants.O_NOFOLLOW === undefined) await expectOwnFile(path);
  try {
    return await readRegularFile(path, maxBytes, OPEN_FLAGS | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'file-access') await expectOwnFile(path);
    throw error;
  }
}

/** Makes a file of our own, for its owner only, with what it holds. Throws the system's error; `EEXIST` for anything there. */
export async function createOwnFile(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
  } finally {
    await handle.close();
  }
}

/**
 * Adds to the end of a file of our own, for its owner only, made where there is none, and forces it to the disk. Throws Failed `file-access` for
 * what is no regular file, and the system's error.
 */
export async function appendOwnFile(path: string, text: string): Promise<void> {
  await expectOwnFile(path);
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY;
  // What was put there since is not followed, and not waited for.
  const handle = await open(path, flags | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The names in a folder; none for a folder that is not there. Throws Failed `file-access`. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw toFileFailed(error, folder);
  }
}

/** What stands at a path, by its stats. */
export function kindFrom(stats: Stats): Exclude<KindOfFile, 'missing'> {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'symbolic link';
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

/** For what stands where Minos keeps `wanted`. */
export function notOurs(path: string, kind: KindOfFile, wanted = 'a file'): Failed {
  return new Failed({
    code: 'file-access',
    message: `${path} is a ${kind}; Minos keeps ${wanted} of its own there and does not use it.`,
    hint: 'Find out who made it, move it away, and try again.',
    where: { file: path },
    retry: 'safe',
  });
}
