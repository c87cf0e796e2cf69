import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { isProcessAlive, recogniseBeside, type Beside } from './beside-names.ts';
import { systemCode } from './file-failure.ts';
import { sha256Hex } from './fingerprint.ts';
import { isTakenOver, keepConflict, type KeepOther } from './keep-conflict.ts';
import { kindOf, notOurs, readOwnFile, statOwnFile } from './own/own-file.ts';

/** What was found beside a file. */
export interface Leftovers {
  readonly removed: readonly string[];
  /** Versions that another program wrote into a replaced file while nobody looked; kept under these names. */
  readonly conflicts: readonly string[];
  /** How many of them are among the old versions instead. */
  readonly inHistory: number;
}

/** Options of {@link removeLeftovers}. */
export interface LeftoversOptions {
  readonly clock: Clock;
  /** Old versions that this process is still watching. */
  readonly inUse: ReadonlySet<string>;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
  /** Missing: what another program wrote is kept beside the file. */
  readonly keepOther?: KeepOther | undefined;
}

/** A look-out for late writers lasts 5 s; after this long its file belongs to nobody, whatever its process id says. */
const ABANDONED_AFTER_MS = 60_000;

/** Removes what a crashed Minos left beside `path` (real path). The caller holds the lock unless `dryRun`. */
export async function removeLeftovers(path: string, options: LeftoversOptions): Promise<Leftovers> {
  const removed: string[] = [];
  const conflicts: string[] = [];
  let inHistory = 0;
  const { keepOther } = options;
  for (const name of await namesIn(dirname(path))) {
    const beside = recogniseBeside(path, name);
    if (!beside) continue;
    const at = join(dirname(path), name);
    const kind = await kindOf(at);
    // Another Minos tidies up, too.
    if (kind === 'missing') continue;
    if (kind !== 'file') throw notOurs(at, kind);
    const found = await lookAt(at, path, beside, options);
    if (found === 'leave') continue;
    if (beside.kind === 'conflict') {
      // Known to the user since it was found: it only moves to where old versions are.
      if (keepOther && (options.dryRun || (await isTakenOver(at, path, keepOther)))) removed.push(at);
      continue;
    }
    if (found === 'garbage') {
      if (!options.dryRun) await rm(at, { force: true });
      removed.push(at);
    } else {
      const keptAt = options.dryRun ? at : await keepIfThere(at, path, options);
      if (keptAt === 'gone') continue;
      if (keptAt === undefined) inHistory++;
      else conflicts.push(keptAt);
    }
  }
  return { removed, conflicts, inHistory };
}

/** Removes versions of other programs that had to be kept beside `path` (real path). */
export async function removeConflictsBeside(path: string): Promise<void> {
  for (const name of await namesIn(dirname(path))) {
    if (recogniseBeside(path, name)?.kind !== 'conflict') continue;
    const at = join(dirname(path), name);
    if ((await kindOf(at)) === 'file') await rm(at, { force: true });
  }
}

/** What a file beside `path` is: in use, garbage, or a version that another program wrote. */
async function lookAt(
  at: string,
  path: string,
  beside: Beside,
  options: LeftoversOptions,
): Promise<'leave' | 'garbage' | 'theirs'> {
  switch (beside.kind) {
    case 'temporary':
      // Written only under the lock, which the caller holds: whoever made it is gone. Without the lock it may be in use.
      return options.dryRun && isProcessAlive(beside.pid) ? 'leave' : 'garbage';
    case 'old': {
      if (options.inUse.has(at) || (await isWatched(at, beside.pid, options.clock))) return 'leave';
      const hash = await hashOf(at);
      if (hash === undefined) return 'leave';
      return hash.startsWith(beside.sha256Start) ? 'garbage' : 'theirs';
    }
    case 'conflict':
      return 'theirs';
    case 'lock':
      // The lock itself: only its own code decides. A stale one that was moved aside: garbage.
      return at.endsWith('.stale') || options.dryRun ? 'garbage' : 'leave';
  }
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
  const found = await statOwnFile(path);
  return found !== undefined && Math.abs(clock.now() - found.ctimeMs) < ABANDONED_AFTER_MS;
}

async function keepIfThere(
  from: string,
  path: string,
  { clock, keepOther }: LeftoversOptions,
): Promise<string | undefined> {
  try {
    return await keepConflict(from, path, { keepOther, nowMs: clock.now() });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

/** Undefined when it has gone meanwhile. '' for one that grew too large to be ours. */
async function hashOf(path: string): Promise<string | undefined> {
  try {
    return sha256Hex(await readOwnFile(path));
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (error.failure.code === 'file-missing') return undefined;
    if (error.failure.code === 'too-large') return '';
    throw error;
  }
}
