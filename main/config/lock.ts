import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { isProcessAlive } from './beside-names.ts';
import { NO_HARD_LINKS, systemCode } from './file-failure.ts';

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
}

/** A replacement takes milliseconds: a lock this old is of a process that hangs, or of another computer that went away. */
const STALE_AFTER_MS = 30_000;
/** A lock without text is being written this very moment, or its process died doing so. */
const NAMELESS_STALE_AFTER_MS = 1_000;
const RETRY_MS = 20;

/**
 * Takes the lock file between Minos processes (O_EXCL; it names its process). A lock whose process died, or that is older
 * than 30 s, is taken over. Other programs do not know it. Throws Failed `conflict` after `waitMs`.
 */
export async function takeLock(path: string, options: LockOptions): Promise<HeldLock> {
  const { clock, waitMs = 2_000 } = options;
  const token = randomBytes(12).toString('hex');
  const until = clock.monotonic() + waitMs;
  for (;;) {
    if (await create(path, { pid: process.pid, host: hostname(), atMs: clock.now(), token })) break;
    const holder = await readLock(path);
    if (holder === undefined) continue;
    if (isStale(holder, clock.now())) {
      await takeOver(path, holder.token);
      continue;
    }
    if (clock.monotonic() >= until) {
      throw new Failed({
        code: 'conflict',
        message: `Another Minos${holder.pid ? ` (process ${holder.pid})` : ''} is writing this file.`,
        hint: 'Try again in a moment.',
        where: { file: path },
        retry: 'safe',
      });
    }
    await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
  }
  const isHeld = async (): Promise<boolean> => (await readLock(path))?.token === token;
  return {
    isHeld,
    release: async () => {
      if (await isHeld()) await unlink(path).catch(ignoreMissing);
    },
  };
}

/** Makes the lock with its text in one step: a crash in between would leave a lock that names nobody. False when there is one. */
async function create(path: string, text: LockText): Promise<boolean> {
  const made = `${path}.${randomBytes(4).toString('hex')}.stale`;
  try {
    await writeFile(made, JSON.stringify(text), { flag: 'wx', mode: 0o600 });
    await link(made, path);
    return true;
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (NO_HARD_LINKS.has(code)) return await createInTwoSteps(path, text);
    // EEXIST: held. ENOENT: whoever held the lock just cleaned up and took our file for garbage.
    if (code === 'EEXIST' || (code === 'ENOENT' && (await isFolder(dirname(path))))) return false;
    throw error;
  } finally {
    await rm(made, { force: true });
  }
}

/** For file systems without hard links. */
async function createInTwoSteps(path: string, text: LockText): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(text), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const code = systemCode(error);
    // Windows says EPERM while a deleted file is still open somewhere.
    if (code === 'EEXIST' || (process.platform === 'win32' && code === 'EPERM')) return false;
    throw error;
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  );

/** Undefined when there is no lock. One without readable text counts from its file's time. */
async function readLock(path: string): Promise<LockText | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    const parsed = parseLock(text);
    if (parsed) return parsed;
    return { pid: 0, host: '', atMs: (await stat(path)).mtimeMs, token: text };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseLock(text: string): LockText | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, host, atMs, token } = value as Record<string, unknown>;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof atMs !== 'number' || typeof token !== 'string') {
      return undefined;
    }
    return { pid, host, atMs, token };
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
async function takeOver(path: string, staleToken: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString('hex')}.stale`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readLock(aside))?.token !== staleToken) await link(aside, path).catch(() => undefined);
  await unlink(aside).catch(ignoreMissing);
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
