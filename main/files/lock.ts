import { randomBytes } from 'node:crypto';
import { link, lstat, rename, rm, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { isProcessAlive } from './beside-names.ts';
import { ignoreMissing, NO_HARD_LINKS, systemCode } from './file-failure.ts';
import { createOwnFile, readOwnFile, statOwnFile } from './own/own-file.ts';

/** What a lock file says about its holder. */
interface LockText {
  readonly pid: number;
  readonly host: string;
  readonly atMs: number;
  readonly token: string;
}

/** A lock that is held. Whoever took it releases it. */
export interface HeldLock {
  /** True while nobody took it over; asked just before the step that cannot be undone. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** Options of {@link takeLock}. */
export interface LockOptions {
  readonly clock: Clock;
  /** How long to wait for another process, ms. Default 2,000. */
  readonly waitMs?: number;
  /**
   * Whose a lock is that names nobody. Default `ours`: a Minos died while writing it, so it is taken over after a second.
   * `theirs`: another program's, which is never taken over.
   */
  readonly nameless?: 'ours' | 'theirs';
  /** A new name beside the lock, for one that is being made or was moved away. Default: the lock's own with an ending. */
  readonly asidePath?: () => string;
  /** What is thrown for a lock of `theirs`. */
  readonly lockedByThem?: (ageMs: number) => Failed;
}

/** A replacement takes milliseconds: a lock this old is of a process that hangs, or of another computer that went away. */
const STALE_AFTER_MS = 30_000;
/** A lock without text is being written this very moment, or its process died doing so. */
const NAMELESS_STALE_AFTER_MS = 1_000;
const RETRY_MS = 20;
/** Stale locks that are taken over after the time to wait is over: there is one, and none again. */
const MAX_TAKEN_OVER = 3;
/** No lock of ours is longer. */
const MAX_LOCK_BYTES = 4_096;

/**
 * Takes a lock file (O_EXCL; it names its process). A lock of ours whose process died, or that is older than 30 s, is
 * taken over. Throws Failed `conflict` after `waitMs`, and `file-access` at once for a lock that is no regular file.
 */
export async function takeLock(path: string, options: LockOptions): Promise<HeldLock> {
  const { clock, waitMs = 2_000 } = options;
  const token = randomBytes(12).toString('hex');
  const until = clock.monotonic() + waitMs;
  let takenOver = 0;
  const aside = options.asidePath ?? (() => `${path}.${randomBytes(4).toString('hex')}.stale`);
  for (;;) {
    const text = JSON.stringify({ pid: process.pid, host: hostname(), atMs: clock.now(), token });
    const mine = await create(path, text, aside());
    if (mine !== undefined) return held(path, mine);
    const holder = await readLock(path);
    const isLate = clock.monotonic() >= until;
    if (holder !== undefined) {
      const isTheirs = holder.pid === 0 && options.nameless === 'theirs';
      if (!isTheirs && isStale(holder, clock.now())) {
        await takeOver(path, holder.token, aside());
        if (!isLate || ++takenOver <= MAX_TAKEN_OVER) continue;
      }
      if (isLate && isTheirs && options.lockedByThem) throw options.lockedByThem(clock.now() - holder.atMs);
    }
    if (isLate) throw lockedByMinos(path, holder?.pid ?? 0);
    if (holder === undefined) continue;
    await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
  }
}

/** Removes a lock of ours whose process died, by way of the name `aside`. False when there is none, or it is somebody else's or in use. */
export async function removeStaleLock(path: string, aside: string, clock: Clock): Promise<boolean> {
  const holder = await readLock(path);
  if (holder === undefined || holder.pid === 0 || !isStale(holder, clock.now())) return false;
  await takeOver(path, holder.token, aside);
  return true;
}

/** Who holds a lock: `minos` with its process, `other` for one without our text, undefined for none. */
export async function lockHolder(
  path: string,
): Promise<{ readonly kind: 'minos' | 'other'; readonly pid: number; readonly atMs: number } | undefined> {
  const holder = await readLock(path);
  return holder && { kind: holder.pid === 0 ? 'other' : 'minos', pid: holder.pid, atMs: holder.atMs };
}

/** `mark` is {@link markOf} our lock: asking needs no descriptor, so that a lock is given back when those have run out. */
function held(path: string, mark: string): HeldLock {
  const isHeld = async (): Promise<boolean> => (await markOf(path)) === mark;
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await unlink(path).catch(ignoreMissing);
    },
  };
}

const lockedByMinos = (path: string, pid: number): Failed =>
  lockFailed({ file: path }, `Another Minos${pid ? ` (process ${pid})` : ''} is writing this file.`);

/** What is said of a lock that is not given or not removed now. */
export const lockFailed = (
  where: { readonly file: string; readonly field?: string },
  message: string,
  hint = 'Try again in a moment.',
): Failed => new Failed({ code: 'conflict', message, hint, where, retry: 'safe' });

/**
 * Makes the lock with its text in one step: a crash in between would leave a lock that names nobody. Resolves with its
 * mark, undefined when there is one already.
 */
async function create(path: string, text: string, draft: string): Promise<string | undefined> {
  try {
    await createOwnFile(draft, text);
    const mark = await markOf(draft);
    await link(draft, path);
    return mark;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (NO_HARD_LINKS.has(code)) return await createInTwoSteps(path, text);
    // EEXIST: held. ENOENT: whoever held the lock just cleaned up and took our file for garbage.
    if (code === 'EEXIST' || (code === 'ENOENT' && (await isFolder(dirname(path))))) return undefined;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** For file systems without hard links. */
async function createInTwoSteps(path: string, text: string): Promise<string | undefined> {
  try {
    await createOwnFile(path, text);
    return await markOf(path);
  } catch (error) {
    const code = systemCode(error);
    // Windows says EPERM while a deleted file is still open somewhere.
    if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return undefined;
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  );

/** Tells one lock from the next under the same name, without reading it. */
async function markOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, mtimeNs } = await lstat(path, { bigint: true });
    return `${dev}:${ino}:${mtimeNs}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Undefined when there is no lock. One without text of ours, or that may not be read (kubectl's has mode 000), counts from
 * its file's time. Throws Failed `file-access` for what is no regular file.
 */
async function readLock(path: string): Promise<LockText | undefined> {
  const found = await statOwnFile(path);
  if (found === undefined) return undefined;
  const text = await textOf(path);
  if (text === undefined) return undefined;
  const parsed = parseLock(text);
  return parsed ?? { pid: 0, host: '', atMs: found.mtimeMs, token: (await markOf(path)) ?? '' };
}

/** '' for a lock that may not be read or is too long to be ours. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readOwnFile(path, MAX_LOCK_BYTES)).toString('utf8');
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (error.failure.code === 'file-missing') return undefined;
    if (error.failure.code === 'too-large' || systemCode(error.cause) === 'EACCES') return '';
    throw error;
  }
}

function parseLock(text: string): LockText | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, host, atMs, token } = value as Record<string, unknown>;
    if (!Number.isSafeInteger(pid) || typeof host !== 'string' || typeof atMs !== 'number') return undefined;
    if (typeof token !== 'string' || (pid as number) < 0) return undefined;
    return { pid: pid as number, host, atMs, token };
  } catch {
    // Half written: its holder is writing it now, or died while doing so.
    return undefined;
  }
}

function isStale(holder: LockText, nowMs: number): boolean {
  if (holder.pid === 0) return Math.abs(nowMs - holder.atMs) > NAMELESS_STALE_AFTER_MS;
  if (Math.abs(nowMs - holder.atMs) > STALE_AFTER_MS) return true;
  if (holder.host !== hostname()) return false;
  // Our own number from before we started: a container that was restarted reuses it.
  if (holder.pid === process.pid) return holder.atMs < nowMs - process.uptime() * 1_000;
  return !isProcessAlive(holder.pid);
}

/** Moves a stale lock away. If it was replaced by a fresh one in between, the fresh one is put back. */
async function takeOver(path: string, staleToken: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = await readLock(aside).catch(() => undefined);
  if (moved?.token !== staleToken) await link(aside, path).catch(() => undefined);
  await unlink(aside).catch(ignoreMissing);
}
