import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failed } from '../lib/failed.ts';
import { backupPath } from './beside-names.ts';
import { systemCode, toFileFailed } from './file-failure.ts';
import { resolveTarget } from './file-target.ts';
import { sha256Hex } from './fingerprint.ts';
import { removeConflictsBeside } from './leftovers.ts';
import { onlyCopies } from './kept-versions.ts';
import { lostSecrets } from './lost-secrets.ts';
import {
  boundedDiff,
  boundedWhat,
  hashOf,
  bytesPath,
  entryPath,
  halfPath,
  idOfName,
  isEntryId,
  newBytesPath,
  newEntryId,
  MOST_LOOKED_AT,
  readEntries,
  readEntry,
  type HistoryEntry,
  type Moment,
} from './own/history-entry.ts';
import { historyFull, versionGone, versionsWentAway } from './own/history-failures.ts';
import { mendInPlace, noteInPlace } from './own/in-place-notes.ts';
import { takeOverBackup } from './own/old-backups.ts';
import { pruneVersions } from './own/prune-versions.ts';
import { createOwnFile, expectOwnFile, expectOwnFolder, kindOf, namesIn } from './own/own-file.ts';
import { undoingOf } from './own/undo-words.ts';
import { versionBytes } from './own/version-bytes.ts';
import { bytesIfPresent } from './read-file.ts';
import { redactedDiff } from '../yaml/redacted-diff.ts';
import type { Replaced } from './replace.ts';
import { HalfWritten } from './write-in-place.ts';

import type { Change, HistoryOptions } from './own/history-options.ts';

export type { HistoryEntry } from './own/history-entry.ts';
export type { Change, HistoryOptions, Seal } from './own/history-options.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const MAX_FOLDERS = 10_000;
/** Folders of versions; a forgotten one waits under its second name to be removed. */
const FOLDER = /^[0-9a-f]{32}(\.forgotten-[0-9a-f]{12})?$/;

/**
 * The last versions of the files Minos changed, for undo, also after a restart. Everything is readable by the owner only.
 * Old versions go away by age, and by number where nothing is lost with them; at once with {@link History.forget}.
 */
export class History {
  readonly #options: HistoryOptions;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Writes a change to the file and to the history: recorded first, and forgotten again when the file was not changed. */
  async change(change: Change, beforeChange?: (sha256: string) => void): Promise<Replaced> {
    const { after } = change;
    if (!after) throw new Error('use undo to remove a file');
    // What cannot be taken over stays for the next time.
    await this.takeOverBackup(change.path, false).catch(() => undefined);
    const { replacer, seal } = this.#options;
    return this.#recorded(change, (expected, entry) =>
      replacer.replace({
        path: change.path,
        expected,
        content: after,
        keepOther: this.keepOther,
        ...(beforeChange ? { beforeChange } : {}),
        ...(entry && { beforeInPlace: () => noteInPlace(this.#folderOf(entry.path), entry, after, seal) }),
      }),
    );
  }

  /**
   * Keeps what another program wrote into a version that Minos had replaced already, as a change of its own: undoing that
   * puts it in place. Throws Failed when it cannot be kept.
   */
  keepOther = async (target: string, bytes: Uint8Array): Promise<void> => {
    const entry = await this.#record({
      path: target,
      what: 'Replaced what another program wrote at the same moment',
      before: bytes,
      after: await bytesIfPresent(target),
    });
    if (entry) await this.#prune(this.#folderOf(entry.path)).catch(() => undefined);
  };

  /** Asks what must be asked before a file is written (`FileReplacer.prepare`). */
  prepare = (path: string): Promise<void> => this.#options.replacer.prepare(path);

  async #recorded<T>(
    change: Change,
    write: (expected: string, entry: HistoryEntry | undefined) => Promise<T>,
  ): Promise<T> {
    const entry = await this.#record(change);
    let written: T;
    try {
      written = await write(entry?.before ?? hashOf(change.before), entry);
    } catch (error) {
      if (entry)
        await (error instanceof HalfWritten ? this.#halfMade(entry) : this.#drop(entry)).catch(() => undefined);
      throw error;
    }
    // What stays is taken away at the next start.
    if (entry) await rm(newBytesPath(this.#folderOf(entry.path), entry.id), { force: true }).catch(() => undefined);
    // A change that was not made pushes nothing out. What cannot be tidied now is at the next start.
    if (entry) await this.#prune(this.#folderOf(entry.path)).catch(() => undefined);
    return written;
  }

  /**
   * Moves the backup that an earlier Minos left beside a file into the versions; it goes when they hold it. Call it at
   * start. Throws Failed when it cannot be read or kept: it then stays.
   */
  async takeOverBackup(path: string, isAtStart = true): Promise<void> {
    const target = await resolveTarget(path);
    await takeOverBackup(target, {
      entries: () => this.#entries(target),
      bytesOf: (entry) => this.#bytes(entry),
      keep: (entry, bytes) => this.#keep({ ...entry, isSealed: this.#options.seal !== undefined }, bytes),
      mostEntries: this.#maxVersions,
      oldestMs: this.#oldestMs(),
      nowMs: this.#options.clock.now(),
      isAtStart,
    });
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
    const entry = await this.#entry(target, id);
    if (!entry) throw versionGone(path);
    const what = undoingOf(entry.what);
    const restored = entry.before === 'missing' ? undefined : await this.#bytes(entry);
    const present = await bytesIfPresent(target);
    if (hashOf(present) !== entry.after) {
      throw new Failed({
        code: 'conflict',
        message: `${path} changed after “${entry.what}”; undoing would lose that.`,
        hint: 'Undo the later changes first, or look at the difference.',
        where: { file: path },
        retry: 'ask',
      });
    }
    const change = { path: target, what, before: present, after: restored };
    if (restored) return this.change(change, beforeChange);
    // Also a file that goes away keeps its undo: its keys may be nowhere else.
    await this.#recorded(change, (expected) => this.#options.replacer.remove(target, expected, this.keepOther));
    return undefined;
  }

  /** The bytes from before a change, for showing or saving them elsewhere. They hold keys. */
  async before(path: string, id: string): Promise<Uint8Array> {
    const entry = await this.#entry(await resolveTarget(path), id);
    if (!entry || entry.before === 'missing') throw versionGone(path);
    return this.#bytes(entry);
  }

  /**
   * Forgets the versions of a file up to this change, default all, and what lies beside it, now: the backup of an earlier
   * Minos, versions of other programs. A crash in between leaves none of them in the list. Later changes stay.
   */
  async forget(path: string, upTo?: string): Promise<void> {
    const target = await resolveTarget(path);
    const folder = this.#folderOf(target);
    await expectOwnFile(backupPath(target));
    try {
      // The backup first: only the versions say whose it is.
      if (upTo !== undefined) {
        await rm(backupPath(target), { force: true });
        await this.#forgetUpTo(folder, upTo);
      } else if ((await kindOf(folder)) !== 'missing') {
        const forgotten = `${folder}.forgotten-${randomBytes(6).toString('hex')}`;
        await rename(folder, forgotten);
        await this.#finishForgetting(forgotten);
      }
      await rm(backupPath(target), { force: true });
      await removeConflictsBeside(target);
    } catch (error) {
      throw toFileFailed(error, folder);
    }
  }

  /**
   * Removes versions that are too old, of all files, and what a crash left half written. Call it at start. A folder that
   * cannot be tidied does not hold up the others; the first failure is thrown at the end.
   */
  async expire(): Promise<void> {
    const failures: unknown[] = [];
    for (const name of await this.#folders()) {
      const folder = join(this.#options.folder, name);
      try {
        await expectOwnFolder(folder);
        if (name.includes('.')) await this.#finishForgetting(folder);
        else {
          await mendInPlace(folder, {
            ...{ ...this.#moment, seal: this.#options.seal },
            ...{ write: (entry) => this.#writeEntry(entry), drop: (entry) => this.#drop(entry) },
          });
          await this.#prune(folder);
          if ((await namesIn(folder)).length === 0) await rm(folder, { recursive: true, force: true });
        }
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  /** The backup goes first: only the versions say whose it is. */
  async #finishForgetting(folder: string): Promise<void> {
    const path = await this.#pathOf(folder);
    if (path !== undefined && (await kindOf(backupPath(path))) === 'file') await rm(backupPath(path), { force: true });
    await rm(folder, { recursive: true, force: true });
  }

  /** The file whose versions are in a folder, by its newest entry that can be read. */
  async #pathOf(folder: string): Promise<string | undefined> {
    if ((await kindOf(folder)) !== 'folder') return undefined;
    const names = (await namesIn(folder)).filter((name) => name.endsWith('.json') && idOfName(name) !== undefined);
    for (const name of names.sort().reverse().slice(0, MOST_LOOKED_AT)) {
      const entry = await readEntry(folder, name);
      if (entry && folder.startsWith(this.#folderOf(entry.path))) return entry.path;
    }
    return undefined;
  }

  /** The files that have versions here, by their real paths: beside them a crash may have left something. */
  async paths(): Promise<readonly string[]> {
    const paths = new Set<string>();
    for (const name of await this.#folders()) {
      if (name.includes('.')) continue;
      const path = await this.#pathOf(join(this.#options.folder, name));
      if (path !== undefined) paths.add(path);
    }
    return [...paths];
  }

  async #folders(): Promise<readonly string[]> {
    return (await namesIn(this.#options.folder)).filter((name) => FOLDER.test(name)).slice(0, MAX_FOLDERS);
  }

  /** The entry of an id that the page or a file names; only what has the form of one is looked for. */
  async #entry(target: string, id: string): Promise<HistoryEntry | undefined> {
    return isEntryId(id) ? (await this.#entries(target)).find((entry) => entry.id === id) : undefined;
  }

  async #record(change: Change): Promise<HistoryEntry | undefined> {
    const before = hashOf(change.before);
    const after = hashOf(change.after);
    if (before === after) return undefined;
    const path = await resolveTarget(change.path);
    const { clock, seal } = this.#options;
    const earlier = await this.#entries(path);
    const lost = await lostSecrets(change.before, change.after);
    if (onlyCopies(earlier).size >= this.#maxOnlyCopies && lost.length > 0) throw historyFull(path);
    // In order even when the clock went back.
    const atMs = Math.max(clock.now(), (earlier.at(-1)?.atMs ?? 0) + 1);
    const entry: HistoryEntry = {
      id: newEntryId(atMs),
      path,
      atMs,
      what: boundedWhat(change.what),
      before,
      after,
      diff: boundedDiff(await (this.#options.diff ?? redactedDiff)(textOf(change.before), textOf(change.after))),
      isSealed: seal !== undefined && change.before !== undefined,
      lost,
    };
    await this.#keep(entry, change.before);
    return entry;
  }

  /** Writes a version down, whole or not at all. */
  async #keep(entry: HistoryEntry, before: Uint8Array | undefined): Promise<void> {
    const { seal } = this.#options;
    const folder = this.#folderOf(entry.path);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await expectOwnFolder(folder);
      // They may have been made by something less careful.
      await chmod(this.#options.folder, 0o700);
      await chmod(folder, 0o700);
      if (before) {
        const bytes = seal ? await seal.seal(before) : before;
        await createOwnFile(bytesPath(folder, entry.id), bytes);
      }
      await this.#writeEntry(entry);
    } catch (error) {
      await this.#drop(entry).catch(() => undefined);
      // Without its undo a change is not made.
      throw systemCode(error) === 'ENOENT' ? versionsWentAway(error, entry.path) : toFileFailed(error, folder);
    }
  }

  /** The entry appears whole or not at all. */
  async #writeEntry(entry: HistoryEntry): Promise<void> {
    const folder = this.#folderOf(entry.path);
    // A crash or a full disk may have left one of the same version.
    await rm(halfPath(folder, entry.id), { force: true });
    await createOwnFile(halfPath(folder, entry.id), JSON.stringify(entry));
    await rename(halfPath(folder, entry.id), entryPath(folder, entry.id));
  }

  /** The entry of a change that was made in part names what is in the file now: only onto that the old version is put back. */
  async #halfMade(entry: HistoryEntry): Promise<void> {
    await this.#writeEntry({ ...entry, after: hashOf(await bytesIfPresent(entry.path)), lost: ['*'] });
    await rm(newBytesPath(this.#folderOf(entry.path), entry.id), { force: true });
  }

  async #drop(entry: HistoryEntry): Promise<void> {
    const folder = this.#folderOf(entry.path);
    await rm(entryPath(folder, entry.id), { force: true });
    await rm(bytesPath(folder, entry.id), { force: true });
    await rm(halfPath(folder, entry.id), { force: true });
    await rm(newBytesPath(folder, entry.id), { force: true });
  }

  #bytes(entry: HistoryEntry): Promise<Uint8Array> {
    const kept = { ...entry, sha256: entry.before };
    return versionBytes(bytesPath(this.#folderOf(entry.path), entry.id), kept, this.#options.seal);
  }

  #folderOf(path: string): string {
    return join(this.#options.folder, sha256Hex(path).slice(0, 32));
  }

  /** Oldest first. */
  async #entries(path: string): Promise<readonly HistoryEntry[]> {
    const folder = this.#folderOf(path);
    await expectOwnFolder(folder);
    const most = this.#maxVersions + this.#maxOnlyCopies;
    return readEntries(folder, { path, oldestMs: this.#oldestMs(), most });
  }

  get #maxOnlyCopies(): number {
    return this.#options.maxOnlyCopies ?? 100;
  }

  get #maxVersions(): number {
    return this.#options.maxVersions ?? 50;
  }

  #oldestMs(): number {
    return this.#options.clock.now() - (this.#options.maxAgeMs ?? 30 * DAY_MS);
  }

  /** The entries first: what is left of a version without its entry is removed at the next start. */
  async #forgetUpTo(folder: string, upTo: string): Promise<void> {
    const names = (await namesIn(folder)).filter((name) => (idOfName(name) ?? '~') <= upTo);
    const entries = names.filter((name) => name.endsWith('.json'));
    for (const name of [...entries, ...names]) await rm(join(folder, name), { force: true });
    if ((await namesIn(folder)).length === 0) await rm(folder, { recursive: true, force: true });
  }

  #prune(folder: string): Promise<void> {
    return pruneVersions(folder, { maxVersions: this.#maxVersions, oldestMs: this.#oldestMs(), ...this.#moment });
  }

  get #moment(): Moment {
    const nowMs = this.#options.clock.now();
    return { nowMs, startedAtMs: nowMs - process.uptime() * 1_000 };
  }
}

const textOf = (bytes: Uint8Array | undefined): string => (bytes ? new TextDecoder().decode(bytes) : '');
