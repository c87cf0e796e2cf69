import type { WrittenFile, ChangeSummary, ConfirmQuestion, FileConflict } from '../../../preload/contract/index.ts';
import type { History } from '../../files/history.ts';
import type { Interference } from '../../files/late-writers.ts';
import { undoingOf } from '../../files/own/undo-words.ts';
import { decodeText } from '../../files/read-file.ts';
import type { Replaced } from '../../files/replace.ts';
import { EMPTY_TALOSCONFIG, type TalosconfigEdit } from '../../talosconfig/talosconfig-edit.ts';
import type { TextWorkers } from '../../text-work/text-workers.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Ask } from '../confirm.ts';
import { forgetVersions, keptChanges } from '../kept-changes.ts';
import { settledBytes, versionName } from '../plans/file-basis.ts';
import type { FilePlan, ReadyStep } from '../plans/plan.ts';
import type { UndoableFiles } from '../plans/undo.ts';
import { hostsQuestion } from './questions.ts';
import { hostsIn, newHosts } from './named-hosts.ts';
import type { OpenFile } from './open-file.ts';
import type { TalosconfigSession } from './talosconfig-session.ts';

export interface FileChangesOptions {
  readonly history: History;
  readonly texts: TextWorkers;
  readonly clock: Clock;
  /** The files that are open, and where another program's write is told. */
  readonly session: Pick<TalosconfigSession, 'file' | 'paths' | 'reportConflict'>;
  /** Asks the user in a window of its own. */
  readonly ask: Ask;
  /** Keys of every host that a file of the user names now (named-hosts.ts). */
  readonly namedHosts: () => Promise<ReadonlySet<string>>;
}

/** Edits of one talosconfig. */
export interface EditWish {
  /** The file they go to, looked up when the plan is applied; throws Failed when it is another one by then. */
  readonly file: () => OpenFile;
  readonly edits: readonly TalosconfigEdit[];
  /** One sentence in the past tense. */
  readonly what: string;
  /** The version that was shown; undefined: the edits name one context, in whatever version the file has. */
  readonly basedOn?: string;
  /** The user handed over the file these edits come from (docs/adr/0016): hosts it names are theirs. */
  readonly isFromUsersFile?: boolean;
}

/** The version of a file that an edit starts from. */
export interface FileVersion {
  readonly text: string;
  /** Undefined: the file does not exist yet. */
  readonly bytes: Uint8Array | undefined;
  /** SHA-256 of the bytes, or `missing`. */
  readonly sha256: string;
}

/** Talosconfigs as plans change them: re-read, edited surgically, replaced atomically, recorded for undo. */
export class FileChanges implements UndoableFiles {
  readonly #options: FileChangesOptions;
  readonly history: History;

  constructor(options: FileChangesOptions) {
    this.#options = options;
    this.history = options.history;
  }

  /** The file as it is now, once nobody is writing it; a missing one is an empty talosconfig. Throws Failed. */
  async version(path: string): Promise<FileVersion> {
    return versionOf(await settledBytes(path, { clock: this.#options.clock }), path);
  }

  /**
   * What edits would change. Nothing is written when they change nothing. Hosts that no file of the user names are
   * written only after the user confirmed them, since main will dial them. Throws what `wish.file` throws.
   */
  plan(wish: EditWish): FilePlan {
    const { basedOn, what } = wish;
    const { path } = wish.file();
    const step = {
      basis: { path, sha256: basedOn },
      what,
      ready: (now: Uint8Array | undefined) => this.#ready(wish, now),
    };
    return { kind: 'files', risk: 'undoable', steps: [step], undoneBy: this };
  }

  /** The talosconfigs that are open. */
  readonly paths = (): readonly string[] => this.#options.session.paths;

  /** Changes of a file, newest first. */
  async list(file: OpenFile): Promise<readonly ChangeSummary[]> {
    const { sha256 } = await this.version(file.path).catch(() => ({ sha256: '' }));
    return keptChanges(this.#options.history, file.path, sha256);
  }

  /** Puts a file back, see {@link UndoableFiles}. */
  readonly undo = async ({ file: path, what, changeId = '' }: WrittenFile): Promise<WrittenFile> => {
    const file = this.#options.session.file(path);
    const replaced = await this.#options.history.undo(writablePath(file), changeId, (sha256) => {
      file.expect(sha256);
    });
    return this.#applied(file, path, undoingOf(what), replaced);
  };

  /** Forgets the versions that are kept now, and no later one, after the user confirmed it. */
  async forget(file: OpenFile, signal?: AbortSignal): Promise<void> {
    await forgetVersions(file.path, this.#options, signal);
  }

  async #ready(
    { file: find, edits, what, isFromUsersFile = false }: EditWish,
    now: Uint8Array | undefined,
  ): Promise<ReadyStep | undefined> {
    const { history, texts } = this.#options;
    const file = find();
    const path = writablePath(file);
    const before = versionOf(now, path);
    const text = await texts.edit(before.text, edits, path);
    if (text === before.text) return undefined;
    return {
      questions: isFromUsersFile ? [] : await this.#hostsToConfirm(path, edits, what),
      // Only onto the version that was read above: it may have been long until the user answered.
      write: async () => {
        const change = { path, what, before: before.bytes, after: Buffer.from(text) };
        const replaced = await history.change(change, (sha256) => {
          file.expect(sha256);
        });
        return this.#applied(file, path, what, replaced);
      },
    };
  }

  async #hostsToConfirm(
    path: string,
    edits: readonly TalosconfigEdit[],
    what: string,
  ): Promise<readonly ConfirmQuestion[]> {
    const hosts = hostsIn(edits);
    if (hosts.length === 0) return [];
    const unknown = newHosts(hosts, await this.#options.namedHosts());
    return unknown.length > 0 ? [hostsQuestion(path, what, unknown)] : [];
  }

  async #applied(file: OpenFile, path: string, what: string, replaced: Replaced | undefined): Promise<WrittenFile> {
    void replaced?.settled.then((found) => {
      for (const one of found) this.#options.session.reportConflict(conflictOf(one, path, this.#options.clock.now()));
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

function versionOf(bytes: Uint8Array | undefined, path: string): FileVersion {
  const text = bytes ? decodeText(bytes, path) : EMPTY_TALOSCONFIG;
  return { text, bytes, sha256: versionName(bytes) };
}

function conflictOf(found: Interference, file: string, atMs: number): FileConflict {
  if (found.kind === 'overwrote-ours') {
    const message = 'Another program wrote its own version over the change made by Minos.';
    return { file, atMs, message, holds: 'other' };
  }
  const message = 'Another program wrote into the version that Minos had just replaced.';
  return { file, atMs, message, holds: 'minos', ...(found.keptAt !== undefined && { keptAt: found.keptAt }) };
}
