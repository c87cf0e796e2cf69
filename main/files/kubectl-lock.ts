import { link, mkdir, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatSpan } from '../../preload/contract/format/durations.ts';
import type { LockRemoval } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Failed } from '../lib/failed.ts';
import { asideLockPath } from './beside-names.ts';
import { ignoreMissing, systemCode, toFileFailed } from './file-failure.ts';
import { lockFailed, lockHolder, removeStaleLock, takeLock, type HeldLock } from './lock.ts';
import { kindFrom, kindOf, notOurs, statOwnFile } from './own/own-file.ts';

/** The lock kubectl takes while it writes: beside the path as given (a symbolic link's own place, not its target's). */
const kubectlLockPath = (path: string): string => `${path}.lock`;

/** Options of {@link takeKubectlLock}. */
export interface KubectlLockOptions {
  readonly clock: Clock;
  /** How long to wait for another writer, ms. Default 2,000. */
  readonly waitMs?: number;
}

/**
 * Takes kubectl's lock: a file made exclusively under its name, which is all kubectl looks at. Unlike kubectl's it says
 * which process of Minos holds it, so that one whose process died is taken over. Throws Failed `conflict` with
 * `where.field` `lock` when kubectl holds it longer than `waitMs`; it may belong to a kubectl that died, which only the
 * user can know. Whoever took it releases it.
 */
export async function takeKubectlLock(path: string, { clock, waitMs }: KubectlLockOptions): Promise<HeldLock> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await takeLock(kubectlLockPath(path), {
      clock,
      ...(waitMs !== undefined && { waitMs }),
      nameless: 'theirs',
      asidePath: () => asideLockPath(path),
      lockedByThem: (ageMs) => locked(path, ageMs),
    });
  } catch (error) {
    throw toFileFailed(error, path);
  }
}

/** Removes kubectl's lock when a Minos that died had taken it. Call it at start. */
export async function removeOwnKubectlLock(path: string, clock: Clock): Promise<boolean> {
  return removeStaleLock(kubectlLockPath(path), asideLockPath(path), clock);
}

/** A lock as it was shown to the user; tells it from one that was made since. */
export interface SeenLock {
  readonly mark: string;
  /** Milliseconds since it was made. */
  readonly ageMs: number;
}

/** The lock beside a kubeconfig; undefined when there is none. Throws Failed `file-access` for what is no regular file. */
export async function seeLock(path: string, clock: Clock): Promise<SeenLock | undefined> {
  const found = await statOwnFile(kubectlLockPath(path));
  if (found === undefined) return undefined;
  const kind = kindFrom(found);
  if (kind !== 'file') throw notOurs(kubectlLockPath(path), kind, 'a lock');
  return { mark: markOf(found), ageMs: Math.max(0, clock.now() - found.mtimeMs) };
}

const markOf = ({ dev, ino, mtimeMs }: { dev: number; ino: number; mtimeMs: number }): string =>
  `${dev}:${ino}:${mtimeMs}`;

/**
 * Removes a lock that was left behind, on the user's word: `removed`, or `gone` when nothing was there any more. Throws
 * Failed `conflict` when it is another one than the user was shown or a Minos that runs holds it, `file-access` when it
 * is no regular file.
 */
export async function removeKubectlLock(path: string, seen: SeenLock, clock: Clock): Promise<LockRemoval> {
  const lock = kubectlLockPath(path);
  const now = await seeLock(path, clock);
  if (now === undefined) return 'gone';
  if (now.mark !== seen.mark) throw another(path, now.ageMs);
  const holder = await lockHolder(lock);
  if (holder?.kind === 'minos') {
    if (await removeOwnKubectlLock(path, clock)) return 'removed';
    throw lockFailed(
      { file: lock },
      `${lock} belongs to another Minos (process ${holder.pid}) that is writing this file; it was left alone.`,
    );
  }
  // Moved away first, so that one which took its place this moment is put back instead of removed.
  const aside = asideLockPath(path);
  try {
    await rename(lock, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'gone';
    throw toFileFailed(error, lock);
  }
  const moved = await statOwnFile(aside);
  if (moved !== undefined && markOf(moved) === seen.mark) {
    await unlink(aside).catch(ignoreMissing);
    return 'removed';
  }
  await link(aside, lock).catch(() => undefined);
  if ((await kindOf(aside)) === 'file') await rm(aside, { force: true });
  throw another(path, 0);
}

/** Of kubectl's lock: the field says that the user may have it removed. */
const whereOf = (path: string) => ({ file: kubectlLockPath(path), field: 'lock' });

const locked = (path: string, ageMs: number): Failed =>
  lockFailed(
    whereOf(path),
    `${path} is locked: ${kubectlLockPath(path)} has been there for ${formatSpan(ageMs)}.`,
    'kubectl makes this file while it writes, for moments only. If no kubectl is running, it was left behind and can be removed.',
  );

const another = (path: string, ageMs: number): Failed =>
  lockFailed(
    whereOf(path),
    `${kubectlLockPath(path)} is another lock than the one you were shown; it is ${formatSpan(ageMs)} old and was left alone.`,
    'Another kubectl is writing now. Try again in a moment.',
  );
