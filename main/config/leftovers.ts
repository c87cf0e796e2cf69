import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { conflictPath, isProcessAlive, recogniseBeside } from './beside-names.ts';
import { systemCode } from './file-failure.ts';
import { readFileBytes } from './read-file.ts';

/** What was found beside a file. */
export interface Leftovers {
  readonly removed: readonly string[];
  /** Versions that another program wrote into a replaced file while nobody looked; kept under these names. */
  readonly conflicts: readonly string[];
}

/** Options of {@link removeLeftovers}. */
export interface LeftoversOptions {
  readonly clock: Clock;
  /** Old versions that this process is still watching. */
  readonly inUse: ReadonlySet<string>;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
}

/** A look-out for late writers lasts 5 s; after this long its file belongs to nobody, whatever its process id says. */
const ABANDONED_AFTER_MS = 60_000;

/** Removes what a crashed Minos left beside `path` (real path). The caller holds the lock unless `dryRun`. */
export async function removeLeftovers(path: string, options: LeftoversOptions): Promise<Leftovers> {
  const removed: string[] = [];
  const conflicts: string[] = [];
  for (const name of await namesIn(dirname(path))) {
    const beside = recogniseBeside(path, name);
    if (!beside) continue;
    const at = join(dirname(path), name);
    switch (beside.kind) {
      case 'temporary':
        // Written only under the lock, which the caller holds: whoever made it is gone. Without the lock it may be in use.
        if (options.dryRun && isProcessAlive(beside.pid)) continue;
        break;
      case 'old': {
        if (options.inUse.has(at) || (await isWatched(at, beside.pid, options.clock))) continue;
        const isChanged = !(await hashOf(at)).startsWith(beside.sha256Start);
        if (!isChanged) break;
        const keptAt = conflictPath(path, options.clock.now());
        if (!options.dryRun) await rename(at, keptAt);
        conflicts.push(keptAt);
        continue;
      }
      case 'lock':
        // The lock itself: only its own code decides. A stale one that was moved aside: garbage.
        if (!name.endsWith('.stale')) {
          if (options.dryRun) removed.push(at);
          continue;
        }
        break;
    }
    if (!options.dryRun) await rm(at, { force: true });
    removed.push(at);
  }
  return { removed, conflicts };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function isWatched(path: string, pid: number, clock: Clock): Promise<boolean> {
  if (pid === process.pid) return false;
  if (!isProcessAlive(pid)) return false;
  const { ctimeMs } = await stat(path);
  return Math.abs(clock.now() - ctimeMs) < ABANDONED_AFTER_MS;
}

async function hashOf(path: string): Promise<string> {
  return (await readFileBytes(path)).fingerprint.sha256;
}
