import type { WrittenFile } from '../../../preload/contract/index.ts';
import type { History } from '../../files/history.ts';
import { undoingOf } from '../../files/own/undo-words.ts';
import type { Replaced } from '../../files/replace.ts';
import { visible } from '../../lib/visible.ts';
import type { FilePlan } from '../plans/plan.ts';
import type { UndoableFiles } from '../plans/undo.ts';

/** A machine config that a plan writes. Holds secrets. */
export interface ConfigWrite {
  readonly path: string;
  /** SHA-256 of the version it was made on. */
  readonly sha256: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** Machine configs in files of the user: replaced atomically, only in the version that was looked at, with the old one in the history. */
export class ConfigFiles implements UndoableFiles {
  readonly history: History;
  readonly #opened = new Set<string>();

  constructor(history: History) {
    this.history = history;
  }

  /** The files that were opened in this session. */
  readonly paths = (): readonly string[] => [...this.#opened];

  /** A file that the user chose: its changes can be undone from now on. */
  opened(path: string): void {
    this.#opened.add(path);
  }

  /** Writes one file; can be undone. */
  plan({ path, sha256, before, after }: ConfigWrite): FilePlan {
    const what = `Patched the machine config ${visible(path)}`;
    const write = async (): Promise<WrittenFile> => {
      await this.history.prepare(path);
      return this.#written(path, what, await this.history.change({ path, what, before, after }));
    };
    const ready = (): Promise<{ readonly questions: []; readonly write: typeof write }> =>
      Promise.resolve({ questions: [], write });
    return { kind: 'files', risk: 'undoable', steps: [{ basis: { path, sha256 }, what, ready }], undoneBy: this };
  }

  /** Puts a file back, see {@link UndoableFiles}. */
  readonly undo = async ({ file, what, changeId = '' }: WrittenFile): Promise<WrittenFile> =>
    this.#written(file, undoingOf(what), await this.history.undo(file, changeId));

  async #written(file: string, what: string, replaced: Replaced | undefined): Promise<WrittenFile> {
    const entry = (await this.history.list(file)).find(({ after }) => after === replaced?.sha256);
    return { file, what, ...(entry && { changeId: entry.id }) };
  }
}
