import type { AppliedChange, ChangeSummary, FileConflict } from '../../../preload/contract/index.ts';
import { sha256Hex } from '../../files/fingerprint.ts';
import type { History } from '../../files/history.ts';
import type { Interference } from '../../files/late-writers.ts';
import { undoingOf } from '../../files/own/undo-words.ts';
import { decodeText } from '../../files/read-file.ts';
import type { Replaced } from '../../files/replace.ts';
import { readSettled } from '../../files/settled-file.ts';
import { EMPTY_TALOSCONFIG, type TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Ask } from '../confirm.ts';
import { forgetVersions, keptChanges } from '../kept-changes.ts';
import { hostsQuestion } from './questions.ts';
import { hostsIn, newHosts } from './named-hosts.ts';
import type { OpenFile } from './open-file.ts';

export interface FileChangesOptions {
  readonly history: History;
  readonly texts: TextWorkers;
  readonly clock: Clock;
  readonly onConflict: (conflict: FileConflict) => void;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  /** Keys of every host that a file of the user names now (named-hosts.ts). */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
}

/** How edits are applied. */
export interface ApplyOptions {
  /** Only if the file still is this version. */
  readonly basedOn?: string;
  /** The user handed over the file these edits come from (docs/adr/0016): hosts it names are theirs. */
  readonly isFromUsersFile?: boolean;
  /** Aborted when the page that asks is gone; closes a question. */
  readonly signal?: AbortSignal | undefined;
}

/** The version of a file that an edit starts from. */
export interface FileVersion {
  readonly text: string;
  /** Undefined: the file does not exist yet. */
  readonly bytes: Uint8Array | undefined;
  /** SHA-256 of the bytes, or `missing`. */
  readonly sha256: string;
}

/** Writes edits to talosconfigs: re-read, edited surgically, replaced atomically, recorded for undo. */
export class FileChanges {
  readonly #options: FileChangesOptions;

  constructor(options: FileChangesOptions) {
    this.#options = options;
  }

  /** The file as it is now, once nobody is writing it; a missing one is an empty talosconfig. */
  async version(path: string): Promise<FileVersion> {
    try {
      const { bytes } = await readSettled(path, { clock: this.#options.clock });
      return { text: decodeText(bytes, path), bytes, sha256: sha256Hex(bytes) };
    } catch (error) {
      if (!(error instanceof Failed) || error.failure.code !== 'file-missing') throw error;
      return { text: EMPTY_TALOSCONFIG, bytes: undefined, sha256: 'missing' };
    }
  }

  /**
   * Applies edits to the file as it is now. With `basedOn`, only if the file still is that version (Failed `conflict`).
   * Nothing is written when the edits change nothing. Hosts that no file of the user names are written only after the
   * user confirmed them, since main will dial them (Failed `cancelled`, `busy`).
   */
  async apply(
    file: OpenFile,
    edits: readonly TalosconfigEdit[],
    what: string,
    { basedOn, isFromUsersFile = false, signal }: ApplyOptions = {},
  ): Promise<AppliedChange> {
    const { history, texts } = this.#options;
    const path = writablePath(file);
    const before = await this.version(path);
    if (basedOn !== undefined && basedOn !== before.sha256) throw changedMeanwhile(path);
    const text = await texts.edit(before.text, edits, path);
    if (text === before.text) return { file: path, what: 'Nothing had to change.' };
    if (!isFromUsersFile) await this.#askForHosts(path, edits, what, signal);
    // Only onto the version that was read above: it may have been long until the user answered.
    const change = { path, what, before: before.bytes, after: Buffer.from(text) };
    const replaced = await history.change(change, (sha256) => {
      file.expect(sha256);
    });
    return this.#applied(file, path, what, replaced);
  }

  /** Changes of a file, newest first. */
  async list(file: OpenFile): Promise<readonly ChangeSummary[]> {
    const { sha256 } = await this.version(file.path).catch(() => ({ sha256: '' }));
    return keptChanges(this.#options.history, file.path, sha256);
  }

  async undo(file: OpenFile, changeId: string): Promise<AppliedChange> {
    const path = writablePath(file);
    const undone = (await this.#options.history.list(path)).find(({ id }) => id === changeId);
    const replaced = await this.#options.history.undo(path, changeId, (sha256) => {
      file.expect(sha256);
    });
    return this.#applied(file, path, undoingOf(undone?.what ?? 'a change'), replaced);
  }

  /** Forgets the versions that are kept now, and no later one, after the user confirmed it. */
  async forget(file: OpenFile, signal?: AbortSignal): Promise<void> {
    await forgetVersions(file.path, this.#options, signal);
  }

  async #askForHosts(
    path: string,
    edits: readonly TalosconfigEdit[],
    what: string,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const hosts = hostsIn(edits);
    if (hosts.length === 0) return;
    const unknown = newHosts(hosts, await this.#options.namedHosts());
    if (unknown.length > 0) await this.#options.ask(hostsQuestion(path, what, unknown), signal);
  }

  async #applied(file: OpenFile, path: string, what: string, replaced: Replaced | undefined): Promise<AppliedChange> {
    void replaced?.settled.then((found) => {
      for (const one of found) this.#options.onConflict(conflictOf(one, path, this.#options.clock.now()));
      if (found.length > 0) void file.reload();
    });
    await file.reload();
    const [newest] = await this.#options.history.list(path);
    return { file: path, what, ...(newest !== undefined && { changeId: newest.id }) };
  }
}

function writablePath(file: OpenFile): string {
  const { path, writable } = file.reading.choice;
  if (writable && path !== '') return path;
  throw new Failed({
    code: 'file-access',
    message: path === '' ? 'No file is named to write to.' : `${path} is read-only for Minos.`,
    hint: 'Open Minos with another talosconfig.',
    where: { file: path },
  });
}

const changedMeanwhile = (path: string): Failed =>
  new Failed({
    code: 'conflict',
    message: `${path} was changed by another program since this was planned.`,
    hint: 'Look at the plan again: it is made anew from the file as it is now.',
    where: { file: path },
    retry: 'safe',
  });

function conflictOf(found: Interference, file: string, atMs: number): FileConflict {
  if (found.kind === 'overwrote-ours') {
    const message = 'Another program wrote its own version over the change made by Minos.';
    return { file, atMs, message, holds: 'other' };
  }
  const message = 'Another program wrote into the version that Minos had just replaced.';
  return { file, atMs, message, holds: 'minos', ...(found.keptAt !== undefined && { keptAt: found.keptAt }) };
}
