import { access, link, mkdir, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { constants, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { lockPath, oldVersionPath, temporaryPath } from './beside-names.ts';
import { NO_HARD_LINKS, systemCode, toFileFailed } from './file-failure.ts';
import { resolveTarget } from './file-target.ts';
import { sha256Hex } from './fingerprint.ts';
import type { KeepOther } from './keep-conflict.ts';
import { KeyedQueue } from './keyed-queue.ts';
import { watchForOtherWriters, type Interference, type OtherWriters } from './late-writers.ts';
import { removeLeftovers, type Leftovers } from './leftovers.ts';
import { takeLock, type HeldLock } from './lock.ts';
import { MAX_FILE_BYTES, readFileBytes, readIfPresent, type FileBytes } from './read-file.ts';
import { cannotBeReplaced, isMountedByItself } from './mounted-file.ts';
import { writeInPlace } from './write-in-place.ts';
import { putWhereNothingIs } from './write-whole-file.ts';

/** Options of {@link FileReplacer}. */
export interface FileReplacerOptions {
  readonly clock: Clock;
  /** How long other writers are looked for after a replacement, ms. Default 5,000. */
  readonly watchMs?: number;
  /** How often, ms. Default 250. */
  readonly lookEveryMs?: number;
  /** How long to wait for another Minos, ms. Default 2,000. */
  readonly lockWaitMs?: number;
  /** Told about versions of other programs that were found after a crash beside a file (real path) and are kept. */
  readonly onFound?: (path: string, found: Leftovers) => void;
  /** Asks the user whether to write into a file that cannot be replaced (mounted-file.ts); missing: it is refused. Throws Failed. */
  readonly askInPlace?: (path: string) => Promise<void>;
  /** Default Node's. */
  readonly rename?: (from: string, to: string) => Promise<void>;
}

/** One replacement. */
export interface ReplaceRequest {
  readonly path: string;
  /** SHA-256 of the version that was read and edited; `missing` when a new file is made. Anything else there is a conflict. */
  readonly expected: string;
  readonly content: Uint8Array;
  /** Called with the SHA-256 just before the file changes, e.g. `FileWatch.expect`. */
  readonly beforeChange?: (sha256: string) => void;
  /** Called before a file is written in place, which a crash may cut; what it throws leaves the file as it is. */
  readonly beforeInPlace?: () => Promise<void>;
  /** Where another program's version goes; missing: beside the file. */
  readonly keepOther?: KeepOther;
}

/** A replacement that happened. */
export interface Replaced {
  /** SHA-256 of what the file holds now. */
  readonly sha256: string;
  readonly realPath: string;
  /** What other programs did to the file around our write; resolves after `watchMs`, or at `close`. Empty is the usual answer. */
  readonly settled: Promise<readonly Interference[]>;
}

/**
 * Replaces files so that at every moment either the old or the new bytes are there, also when the power fails: temporary
 * file in the same folder with the target's mode (0600 for a new file), flushed, renamed over it, folder flushed. Symbolic
 * links stay. One replacement per file at a time, between Minos processes too. Another program's version is never lost
 * silently: see {@link ReplaceRequest.expected} and {@link Replaced.settled}. Access lists and extended attributes of the
 * old file are not copied.
 */
export class FileReplacer {
  readonly #options: FileReplacerOptions;
  readonly #queue = new KeyedQueue();
  readonly #watches = new Set<OtherWriters>();
  /** Our latest version per file: an earlier watch does not take it for somebody else's. */
  readonly #latest = new Map<string, string>();
  /** Real paths of files that cannot be replaced, and whether the user lets Minos write into them. */
  readonly #mounted = new Map<string, boolean>();

  constructor(options: FileReplacerOptions) {
    this.#options = options;
  }

  /** Throws Failed: `conflict` (the file is another version now, or another Minos writes), `file-access`, `too-large`. The file is then unchanged. */
  async replace(request: ReplaceRequest): Promise<Replaced> {
    if (request.content.byteLength > MAX_FILE_BYTES) {
      throw new Failed({
        code: 'too-large',
        message: 'The new content is larger than 32 MB.',
        where: { file: request.path },
      });
    }
    const { path, keepOther } = request;
    await this.prepare(path);
    return this.#locked(path, keepOther, (target, lock) => this.#replace(request, target, lock));
  }

  /**
   * Asks, once per file, whether to write into one that cannot be replaced. Call it before a lock is taken that others wait
   * for. Throws Failed: `cancelled` when the user refuses, `file-access` when nobody can be asked.
   */
  async prepare(path: string): Promise<void> {
    const target = await resolveTarget(path);
    if (this.#mounted.get(target) === true) return;
    if (!this.#mounted.has(target) && !(await isMountedByItself(target))) return;
    const { askInPlace } = this.#options;
    if (!askInPlace) throw cannotBeReplaced(path);
    await askInPlace(target);
    this.#mounted.set(target, true);
  }

  /** Removes a file that still is the version `expected`; used to undo the creation of a file. Throws like {@link replace}. */
  async remove(path: string, expected: string, keepOther?: KeepOther): Promise<void> {
    await this.#locked(path, keepOther, async (target) => {
      const current = await readIfPresent(target);
      if (current?.fingerprint.sha256 !== expected) throw changed(path);
      await unlink(target);
      await flushFolder(dirname(target));
    });
  }

  /** Removes what a crash left beside a file; call it once per file at start. Another program's version found there is kept and named. */
  async recover(path: string, keepOther?: KeepOther): Promise<Leftovers> {
    const target = await resolveTarget(path);
    const found = await this.#clean(target, true, keepOther).catch((error: unknown) => {
      throw toFileFailed(wentAway(error, path), path);
    });
    if (found.removed.length === 0 && found.conflicts.length === 0) return found;
    return this.#locked(path, keepOther, (_target, _lock, cleaned) => Promise.resolve(cleaned));
  }

  /** Ends all watches; resolves when nothing of ours is left beside the files. */
  async close(): Promise<void> {
    await Promise.all([...this.#watches].map((watch) => watch.end()));
  }

  #clean(target: string, dryRun: boolean, keepOther: KeepOther | undefined): Promise<Leftovers> {
    const inUse = new Set([...this.#watches].map((watch) => watch.oldPath));
    return removeLeftovers(target, { clock: this.#options.clock, inUse, dryRun, keepOther });
  }

  async #locked<T>(
    path: string,
    keepOther: KeepOther | undefined,
    task: (target: string, lock: HeldLock, cleaned: Leftovers) => Promise<T>,
  ): Promise<T> {
    const target = await resolveTarget(path);
    return this.#queue.run(target, async () => {
      try {
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        const { clock, lockWaitMs: waitMs } = this.#options;
        const lock = await takeLock(lockPath(target), { clock, ...(waitMs === undefined ? {} : { waitMs }) });
        try {
          const cleaned = await this.#clean(target, false, keepOther);
          if (cleaned.conflicts.length + cleaned.inHistory > 0) this.#options.onFound?.(target, cleaned);
          return await task(target, lock, cleaned);
        } finally {
          await lock.release();
        }
      } catch (error) {
        throw toFileFailed(wentAway(error, path), path);
      }
    });
  }

  async #replace(request: ReplaceRequest, target: string, lock: HeldLock): Promise<Replaced> {
    const current = await readIfPresent(target);
    if ((current?.fingerprint.sha256 ?? 'missing') !== request.expected) throw changed(request.path);
    // Renaming would get around a file that its owner made read-only.
    if (current) await access(target, constants.W_OK);
    const sha256 = sha256Hex(request.content);
    if (current?.fingerprint.sha256 === sha256) return { sha256, realPath: target, settled: Promise.resolve([]) };

    if (current && this.#mounted.get(target) === true) return this.#writeInPlace(request, target, lock, sha256);
    const temporary = temporaryPath(target);
    const old = current && oldVersionPath(target, current.fingerprint.sha256);
    let hasOld = false;
    try {
      await writeTemporary(temporary, request.content, current ? await stat(target, { bigint: true }) : undefined);
      if (old) hasOld = await keepOldVersion(target, old, current);
      if (!(await lock.isHeld())) throw changed(request.path);
      request.beforeChange?.(sha256);
      this.#latest.set(target, sha256);
      if (current) await renameOver(temporary, target, this.#options.rename ?? rename);
      else await createFrom(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      if (old) await rm(old, { force: true });
      if (!current || !isMountPoint(error)) throw error;
      this.#mounted.set(target, false);
      throw cannotBeReplaced(request.path);
    }
    await flushFolder(dirname(target));
    return {
      sha256,
      realPath: target,
      settled: this.#watch(target, sha256, hasOld ? old : undefined, current?.fingerprint.sha256, request.keepOther),
    };
  }

  /** The old version is in the history already, and stays there when this fails half way. */
  async #writeInPlace(request: ReplaceRequest, target: string, lock: HeldLock, sha256: string): Promise<Replaced> {
    await request.beforeInPlace?.();
    if (!(await lock.isHeld())) throw changed(request.path);
    request.beforeChange?.(sha256);
    this.#latest.set(target, sha256);
    if (!(await writeInPlace(target, request.content, request.expected))) throw changed(request.path);
    const settled = this.#watch(target, sha256, undefined, request.expected, request.keepOther);
    return { sha256, realPath: target, settled };
  }

  #watch(
    target: string,
    sha256: string,
    oldPath: string | undefined,
    oldSha256: string | undefined,
    keepOther: KeepOther | undefined,
  ): Promise<readonly Interference[]> {
    const { clock, watchMs = 5_000, lookEveryMs = 250 } = this.#options;
    const watch = watchForOtherWriters({
      clock,
      watchMs,
      lookEveryMs,
      path: target,
      sha256,
      isLatest: () => this.#latest.get(target) === sha256,
      oldPath,
      oldSha256,
      keepOther,
    });
    this.#watches.add(watch);
    return watch.settled.finally(() => {
      this.#watches.delete(watch);
      if (this.#latest.get(target) === sha256) this.#latest.delete(target);
    });
  }
}

/** What a system says when a file is mounted by itself. On Windows it is what a virus scanner causes. */
const isMountPoint = (error: unknown): boolean =>
  process.platform !== 'win32' && ['EBUSY', 'EXDEV'].includes(systemCode(error) ?? '');

const changed = (path: string): Failed =>
  new Failed({
    code: 'conflict',
    message: `${path} changed since it was read; nothing was written.`,
    hint: 'Look at its new content and make the change again.',
    where: { file: path },
    retry: 'ask',
  });

/** Writes the new content for `target` and flushes it. Never readable by more people than the old file. */
async function writeTemporary(path: string, content: Uint8Array, old: BigIntStats | undefined): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    if (old && process.platform !== 'win32') {
      // Only root can give a file away; for everybody else the owner is the same already.
      await handle.chown(Number(old.uid), Number(old.gid)).catch(() => undefined);
      await handle.chmod(Number(old.mode & 0o777n));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Gives the version that is about to be replaced a second name, so that what a program writes into it later can be seen.
 * False where the file system has no hard links. Throws `conflict` when it is no longer the version that was read.
 */
async function keepOldVersion(target: string, old: string, read: FileBytes): Promise<boolean> {
  try {
    await link(target, old);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') throw changed(target);
    if (!NO_HARD_LINKS.has(systemCode(error) ?? '')) throw error;
    return false;
  }
  // What has the second name now must be what was read, or somebody wrote in between.
  const kept = await readFileBytes(old);
  if (kept.fingerprint.sha256 !== read.fingerprint.sha256) throw changed(target);
  return true;
}

/** Windows refuses for moments while a virus scanner or editor looks at the file. */
async function renameOver(
  from: string,
  to: string,
  rename: (from: string, to: string) => Promise<void>,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const code = systemCode(error) ?? '';
      if (process.platform !== 'win32' || attempt >= 10 || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 10 * 2 ** Math.min(attempt, 6)));
    }
  }
}

/** Puts a new file in place only if nothing is there. */
async function createFrom(temporary: string, target: string): Promise<void> {
  try {
    await putWhereNothingIs(temporary, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw changed(target);
    throw error;
  }
}

/**
 * That something beside the file went away says nothing about the file itself: another Minos tidied up at the same moment,
 * or the folder was removed.
 */
function wentAway(error: unknown, path: string): unknown {
  if (!isFileMissing(error)) return error;
  return new Failed(
    {
      code: 'conflict',
      message: `Files beside ${path} went away while Minos worked on it; nothing was written.`,
      hint: 'Try again.',
      where: { file: path },
      retry: 'safe',
    },
    error,
  );
}

const isFileMissing = (error: unknown): boolean =>
  error instanceof Failed ? error.failure.code === 'file-missing' : systemCode(error) === 'ENOENT';

/**
 * Makes what happened in a folder survive a power failure, where folders can be flushed. Never throws: it has happened, and
 * whoever is told that it failed forgets how to undo it.
 */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const flags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(folder, flags).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}
