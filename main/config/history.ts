import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { backupPath } from './beside-names.ts';
import { systemCode, toFileFailed } from './file-failure.ts';
import { resolveTarget } from './file-target.ts';
import { sha256Hex } from './fingerprint.ts';
import { redactedDiff, type DiffLine } from './redacted-diff.ts';
import type { FileReplacer, Replaced } from './replace.ts';

/** Encrypts bytes at rest, e.g. with the system's keychain. */
export interface Seal {
  seal(bytes: Uint8Array): Promise<Uint8Array>;
  open(sealed: Uint8Array): Promise<Uint8Array>;
}

/** Options of {@link History}. */
export interface HistoryOptions {
  /** The app's own folder for versions; made with mode 0700. */
  readonly folder: string;
  readonly clock: Clock;
  readonly replacer: FileReplacer;
  /** Absent where the system has no real keychain: versions are then readable by their owner, as the file itself is. */
  readonly seal?: Seal | undefined;
  /** Makes the differences; default here. The app gives one that works on large files in a worker. */
  readonly diff?: (before: string, after: string) => readonly DiffLine[] | Promise<readonly DiffLine[]>;
  /** Versions kept per file. Default 50. */
  readonly maxVersions?: number;
  /** How long a version is kept, ms. Default 30 days: versions hold old keys. */
  readonly maxAgeMs?: number;
}

/** One change that Minos made to a file. Holds no key material. */
export interface HistoryEntry {
  readonly id: string;
  /** The real path of the file. */
  readonly path: string;
  readonly atMs: number;
  /** One sentence: what was changed. */
  readonly what: string;
  /** SHA-256 before, `missing` when the change made the file. */
  readonly before: string;
  /** SHA-256 after; `missing` when the change removed the file. */
  readonly after: string;
  readonly diff: readonly DiffLine[];
  /** True when the old bytes are encrypted. */
  readonly isSealed: boolean;
}

/** A change to record: called before the file changes, so that no crash can leave a change without its undo. */
export interface Change {
  readonly path: string;
  readonly what: string;
  /** The bytes before; undefined when the file is made. */
  readonly before: Uint8Array | undefined;
  /** The bytes after; undefined when the file is removed. */
  readonly after: Uint8Array | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * The last versions of the files Minos changed, for undo, also after a restart. Everything is readable by the owner only.
 * Old versions go away by number and age, at once with {@link History.forget}.
 */
export class History {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Writes a change to the file and to the history: recorded first, and forgotten again when the file was not changed. */
  async change(change: Change, beforeChange?: (sha256: string) => void): Promise<Replaced> {
    if (!change.after) throw new Error('use undo to remove a file');
    const entry = await this.#record(change);
    try {
      return await this.#options.replacer.replace({
        path: change.path,
        expected: entry?.before ?? hashOf(change.before),
        content: change.after,
        ...(beforeChange ? { beforeChange } : {}),
      });
    } catch (error) {
      if (entry) await this.#drop(entry);
      throw error;
    }
  }

  /** Changes of one file, the latest first. */
  async list(path: string): Promise<readonly HistoryEntry[]> {
    const target = await resolveTarget(path);
    return (await this.#entries(target)).toReversed();
  }

  /**
   * Puts back the bytes from before a change, as a change of its own (so it can be undone too). Throws Failed `conflict`
   * when the file is not what that change wrote any more, `not-found` when the version is gone.
   */
  async undo(path: string, id: string, beforeChange?: (sha256: string) => void): Promise<Replaced | undefined> {
    const target = await resolveTarget(path);
    const entry = (await this.#entries(target)).find((e) => e.id === id);
    if (!entry) throw gone(path);
    const what = `Undid: ${entry.what}`;
    if (entry.before === 'missing') {
      await this.#options.replacer.remove(target, entry.after);
      await this.#drop(entry);
      return undefined;
    }
    const before = await this.#bytes(entry);
    const after = await readFile(target).catch((error: unknown) => {
      throw toFileFailed(error, path);
    });
    if (sha256Hex(after) !== entry.after) {
      throw new Failed({
        code: 'conflict',
        message: `${path} changed after “${entry.what}”; undoing would lose that.`,
        hint: 'Undo the later changes first, or look at the difference.',
        where: { file: path },
        retry: 'ask',
      });
    }
    return this.change({ path: target, what, before: after, after: before }, beforeChange);
  }

  /** The bytes from before a change, for showing or saving them elsewhere. They hold keys. */
  async before(path: string, id: string): Promise<Uint8Array> {
    const entry = (await this.#entries(await resolveTarget(path))).find((e) => e.id === id);
    if (!entry || entry.before === 'missing') throw gone(path);
    return this.#bytes(entry);
  }

  /** Forgets all versions of a file, and the backup beside it, now. */
  async forget(path: string): Promise<void> {
    const target = await resolveTarget(path);
    await rm(this.#folderOf(target), { recursive: true, force: true });
    await rm(backupPath(target), { force: true });
  }

  /** Removes versions that are too old, of all files, and what a crash left half written. Call it at start. */
  async expire(): Promise<void> {
    for (const name of await namesIn(this.#options.folder)) {
      if (!/^[0-9a-f]{32}$/.test(name)) continue;
      const folder = join(this.#options.folder, name);
      await this.#prune(folder);
      if ((await namesIn(folder)).length === 0) await rm(folder, { recursive: true, force: true });
    }
  }

  async #record(change: Change): Promise<HistoryEntry | undefined> {
    const before = hashOf(change.before);
    const after = hashOf(change.after);
    if (before === after) return undefined;
    const path = await resolveTarget(change.path);
    const { clock, seal } = this.#options;
    // In order even when the clock went back.
    const atMs = Math.max(clock.now(), ((await this.#entries(path)).at(-1)?.atMs ?? 0) + 1);
    const entry: HistoryEntry = {
      id: `${String(atMs).padStart(15, '0')}-${randomBytes(4).toString('hex')}`,
      path,
      atMs,
      what: change.what,
      before,
      after,
      diff: await (this.#options.diff ?? redactedDiff)(textOf(change.before), textOf(change.after)),
      isSealed: seal !== undefined && change.before !== undefined,
    };
    try {
      const folder = this.#folderOf(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // They may have been made by something less careful.
      await chmod(this.#options.folder, 0o700);
      await chmod(folder, 0o700);
      if (change.before) {
        const bytes = seal ? await seal.seal(change.before) : change.before;
        await writeFile(join(folder, `${entry.id}.bytes`), bytes, { flag: 'wx', mode: 0o600 });
      }
      // The entry appears whole or not at all.
      const half = join(folder, `${entry.id}.half`);
      await writeFile(half, JSON.stringify(entry), { flag: 'wx', mode: 0o600 });
      await rename(half, join(folder, `${entry.id}.json`));
      await this.#prune(folder);
      return entry;
    } catch (error) {
      // Without its undo a change is not made.
      throw toFileFailed(error, this.#options.folder);
    }
  }

  async #drop(entry: HistoryEntry): Promise<void> {
    const folder = this.#folderOf(entry.path);
    await rm(join(folder, `${entry.id}.json`), { force: true });
    await rm(join(folder, `${entry.id}.bytes`), { force: true });
  }

  async #bytes(entry: HistoryEntry): Promise<Uint8Array> {
    const { seal } = this.#options;
    if (entry.isSealed && !seal) {
      throw new Failed({
        code: 'file-access',
        message: 'This version is encrypted, and the keychain of this system is not available now.',
        hint: 'Unlock the keychain and try again.',
        retry: 'safe',
      });
    }
    let bytes: Uint8Array;
    try {
      bytes = await readFile(join(this.#folderOf(entry.path), `${entry.id}.bytes`));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') throw gone(entry.path);
      throw toFileFailed(error, this.#options.folder);
    }
    if (entry.isSealed && seal) bytes = await seal.open(bytes);
    if (sha256Hex(bytes) !== entry.before) {
      throw new Failed({
        code: 'file-invalid',
        message: 'The kept version is damaged and is not put back.',
        where: { file: entry.path },
      });
    }
    return bytes;
  }

  #folderOf(path: string): string {
    return join(this.#options.folder, sha256Hex(path).slice(0, 32));
  }

  /** Oldest first. */
  async #entries(path: string): Promise<readonly HistoryEntry[]> {
    const folder = this.#folderOf(path);
    const oldest = this.#oldestMs();
    const entries: HistoryEntry[] = [];
    for (const name of (await namesIn(folder)).filter((n) => n.endsWith('.json')).sort()) {
      const entry = await readEntry(join(folder, name));
      if (entry && entry.path === path && entry.atMs >= oldest) entries.push(entry);
    }
    return entries;
  }

  #oldestMs(): number {
    return this.#options.clock.now() - (this.#options.maxAgeMs ?? 30 * DAY_MS);
  }

  async #prune(folder: string): Promise<void> {
    const names = await namesIn(folder);
    const ids = names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
    const tooMany = ids.slice(0, Math.max(0, ids.length - (this.#options.maxVersions ?? 50)));
    const oldest = this.#oldestMs();
    const kept = new Set(ids.filter((id) => !tooMany.includes(id) && Number(id.split('-')[0]) >= oldest));
    const justMade = this.#options.clock.now() - 60_000;
    for (const name of names) {
      const id = name.replace(/\.(json|bytes|half)$/, '');
      // Bytes without an entry: one is being recorded this moment, or a crash left them.
      const isHalf = !ids.includes(id) && Number(id.split('-')[0]) >= justMade;
      if (!kept.has(id) && !isHalf) await rm(join(folder, name), { force: true });
    }
  }
}

const hashOf = (bytes: Uint8Array | undefined): string => (bytes ? sha256Hex(bytes) : 'missing');
const textOf = (bytes: Uint8Array | undefined): string => (bytes ? new TextDecoder().decode(bytes) : '');

const gone = (path: string): Failed =>
  new Failed({
    code: 'not-found',
    message: 'This version is no longer kept.',
    hint: 'Versions go away after 30 days.',
    where: { file: path },
  });

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw toFileFailed(error, folder);
  }
}

/** Undefined for an entry that is damaged: it cannot be undone, and must not hide the others. */
async function readEntry(path: string): Promise<HistoryEntry | undefined> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as Partial<HistoryEntry> | null;
    const { id, path: file, atMs, what, before, after, diff, isSealed } = value ?? {};
    if (typeof id !== 'string' || typeof file !== 'string' || typeof atMs !== 'number' || typeof what !== 'string')
      return undefined;
    if (
      typeof before !== 'string' ||
      typeof after !== 'string' ||
      !Array.isArray(diff) ||
      typeof isSealed !== 'boolean'
    )
      return undefined;
    return { id, path: file, atMs, what, before, after, diff, isSealed };
  } catch {
    return undefined;
  }
}
