import { mkdir, open, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { systemCode, toFileFailed } from '../file-failure.ts';

/** The lock kubectl takes while it writes: beside the path as given (a symbolic link's own place, not its target's). */
export const kubectlLockPath = (path: string): string => `${path}.lock`;

/** kubectl's lock held by us. Whoever took it releases it. */
export interface KubectlLock {
  release(): Promise<void>;
}

/** Options of {@link takeKubectlLock}. */
export interface KubectlLockOptions {
  readonly clock: Clock;
  /** How long to wait for another writer, ms. Default 2,000. */
  readonly waitMs?: number;
}

const RETRY_MS = 50;

/**
 * Takes kubectl's lock the way kubectl does: an empty file made exclusively with mode 000, without expiry. Throws Failed
 * `conflict` with `where.field` `lock` when somebody else holds it longer than `waitMs`; it may belong to a kubectl that
 * died, which only the user can know.
 */
export async function takeKubectlLock(path: string, options: KubectlLockOptions): Promise<KubectlLock> {
  const { clock, waitMs = 2_000 } = options;
  const lock = kubectlLockPath(path);
  const until = clock.monotonic() + waitMs;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    for (;;) {
      try {
        await (await open(lock, 'wx', 0o000)).close();
        return { release: () => unlink(lock).catch(ignoreMissing) };
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
      }
      if (clock.monotonic() >= until) throw locked(path, await lockAgeMs(path, clock));
      await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
    }
  } catch (error) {
    throw toFileFailed(error, path);
  }
}

/** How long kubectl's lock has been there; undefined when there is none. */
export async function lockAgeMs(path: string, clock: Clock): Promise<number | undefined> {
  try {
    const { mtimeMs } = await stat(kubectlLockPath(path));
    return Math.max(0, clock.now() - mtimeMs);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw toFileFailed(error, path);
  }
}

/**
 * Removes a lock that was left behind, on the user's word. Throws Failed `conflict` when it is younger than `atLeastMs`:
 * then it is another one than the user was shown.
 */
export async function removeKubectlLock(path: string, atLeastMs: number, clock: Clock): Promise<void> {
  const ageMs = await lockAgeMs(path, clock);
  if (ageMs === undefined) return;
  if (ageMs < atLeastMs) throw locked(path, ageMs);
  await unlink(kubectlLockPath(path)).catch(ignoreMissing);
}

function locked(path: string, ageMs: number | undefined): Failed {
  const lock = kubectlLockPath(path);
  return new Failed({
    code: 'conflict',
    message: `${path} is locked: ${lock} has been there for ${ageInWords(ageMs ?? 0)}.`,
    hint: 'kubectl makes this file while it writes, for moments only. If no kubectl is running, it was left behind and can be removed.',
    where: { file: lock, field: 'lock' },
    retry: 'safe',
  });
}

function ageInWords(ageMs: number): string {
  const seconds = Math.round(ageMs / 1_000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
