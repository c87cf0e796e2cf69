import { randomUUID } from 'node:crypto';
import type { WrittenFile, WrittenChange } from '../../../preload/contract/index.ts';
import type { History, HistoryEntry } from '../../files/history.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { halfDone } from './half-done.ts';

/** Files of one kind whose changes can be taken back. */
export interface UndoableFiles {
  /** The files that may be named now, by their paths. */
  readonly paths: () => readonly string[] | Promise<readonly string[]>;
  /** Lists what was changed, per file. */
  readonly history: Pick<History, 'list'>;
  /**
   * Puts one file back; answers with the change that this is itself. Throws Failed: `conflict` when the file was changed
   * since, `not-found` when the version is not kept any more or the file may not be named.
   */
  readonly undo: (written: WrittenFile) => Promise<WrittenFile>;
  /** Runs when an undo ended, however. Never rejects. */
  readonly afterwards?: () => Promise<void>;
}

/** A change of this session, and what takes it back. */
interface Kept {
  readonly change: WrittenChange;
  readonly undoneBy: UndoableFiles;
}

/** Changes of one session that are kept together; older ones are undone file by file, as after a restart. */
const MOST = 50;

/**
 * What Minos wrote to files and can take back: a change of this session as a whole, one of an earlier session file by
 * file, as the history on disk has it.
 */
export class Written {
  readonly #kinds: UndoableFiles[] = [];
  readonly #clock: Clock;
  #kept: readonly Kept[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Changes of these files can be undone from now on, also those of earlier sessions. */
  add(kind: UndoableFiles): void {
    this.#kinds.push(kind);
  }

  /** Changes of this session that can be undone as a whole, oldest first. */
  get changes(): readonly WrittenChange[] {
    return this.#kept.map(({ change }) => change);
  }

  /** Keeps what was written together, where it can be undone. `deed`: what was done where no file was written. */
  record(
    files: readonly WrittenFile[],
    undoneBy: UndoableFiles | undefined,
    deed = 'Nothing had to change.',
  ): WrittenChange {
    const what = [...new Set(files.map((file) => file.what))].join('; ') || deed;
    const change = { id: randomUUID(), atMs: this.#clock.now(), what, files };
    if (undoneBy && files.some(({ changeId }) => changeId !== undefined)) {
      this.#kept = [...this.#kept, { change, undoneBy }].slice(-MOST);
    }
    return change;
  }

  /**
   * Puts every file of a change back; answers with the change that this is itself, to be taken back like any other. `id`:
   * of a change of this session, or of an entry in the history of a file that may be named. Throws Failed: `conflict` when
   * a file was changed since, `not-found` for a change that is not kept any more. What was put back before that is said, and
   * the same id is then about the other files.
   */
  async undo(id: string): Promise<WrittenChange> {
    const { change, undoneBy } = this.#kept.find((one) => one.change.id === id) ?? (await this.#earlier(id));
    const undone: WrittenFile[] = [];
    let back: WrittenChange;
    try {
      for (const file of change.files.toReversed()) undone.push(await undoneBy.undo(file));
    } catch (error) {
      if (undone.length === 0) throw error;
      const back = undone.map(({ file }) => file).join(', ');
      throw halfDone(error, (message) => `${message} Put back before that: ${back}.`);
    } finally {
      this.#putBack(id, undone.length);
      back = this.record(undone, undoneBy);
      await undoneBy.afterwards?.();
    }
    return back;
  }

  /** Of the change of this id, the last files are as they were. */
  #putBack(id: string, count: number): void {
    this.#kept = this.#kept.flatMap((one) => {
      if (one.change.id !== id || count === 0) return [one];
      const files = one.change.files.slice(0, -count);
      return files.length === 0 ? [] : [{ ...one, change: { ...one.change, files } }];
    });
  }

  async #earlier(id: string): Promise<Kept> {
    const found: Kept[] = [];
    for (const undoneBy of this.#kinds) {
      for (const path of await undoneBy.paths()) {
        const entry = (await undoneBy.history.list(path)).find((one) => one.id === id);
        if (entry) found.push({ change: changeInHistory(path, entry), undoneBy });
      }
    }
    const [only, another] = found;
    if (only === undefined) throw new Failed({ code: 'not-found', message: 'This change cannot be undone any more.' });
    if (another === undefined) return only;
    throw new Failed({ code: 'conflict', message: 'Two files have a change of this name; neither is put back.' });
  }
}

/** A change of one file as its history has it. */
export const changeInHistory = (file: string, { id, atMs, what }: HistoryEntry): WrittenChange => ({
  id,
  atMs,
  what,
  files: [{ file, what, changeId: id }],
});
