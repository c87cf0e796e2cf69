import { randomUUID } from 'node:crypto';
import type { AppliedChange, KubeconfigChange } from '../../../preload/contract/index.ts';
import type { History, HistoryEntry } from '../../files/history.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { KnownFiles } from './kubeconfig-files.ts';
import type { KubeconfigWriter } from './writer.ts';

/** Options of {@link WrittenChanges}. */
export interface WrittenChangesOptions {
  readonly history: History;
  readonly writer: KubeconfigWriter;
  readonly clock: Clock;
}

/** Changes of one session that are kept together. */
const MOST = 20;

/**
 * What Minos wrote to kubeconfigs and can take back: a change of this session as a whole, one of an earlier session file
 * by file, as the history on disk has it.
 */
export class WrittenChanges {
  readonly #options: WrittenChangesOptions;
  #ofSession: readonly KubeconfigChange[] = [];
  #last: { readonly of: string; readonly change: KubeconfigChange | undefined } | undefined;

  constructor(options: WrittenChangesOptions) {
    this.#options = options;
  }

  /** Keeps what was written together. */
  record(files: readonly AppliedChange[]): KubeconfigChange {
    const what = [...new Set(files.map((file) => file.what))].join('; ') || 'Nothing had to change';
    const change = { id: randomUUID(), atMs: this.#options.clock.now(), what, files };
    if (files.length > 0) this.#ofSession = [...this.#ofSession, change].slice(-MOST);
    return change;
  }

  /** The newest change that would be taken back by {@link undo} now: its files still are what it wrote. */
  async last({ files }: KnownFiles): Promise<KubeconfigChange | undefined> {
    const versions = JSON.stringify([files.map(({ path, sha256 }) => [path, sha256]), this.#ofSession.length]);
    if (this.#last?.of === versions) return this.#last.change;
    const undoable = new Map<string, HistoryEntry>();
    for (const { path, sha256 } of files) {
      const entry = lastStanding(await this.#options.history.list(path));
      if (entry?.after === sha256) undoable.set(path, entry);
    }
    const ofSession = this.#ofSession.findLast((one) =>
      one.files.every(({ file, changeId }) => undoable.get(file)?.id === changeId),
    );
    const change = ofSession ?? newestOf(undoable);
    this.#last = { of: versions, change };
    return change;
  }

  /**
   * Puts every file of a change back; answers with the change that this is itself, to be taken back like any other.
   * Throws Failed: `conflict` when one was changed since, `not-found` for a change that is not kept any more.
   */
  async undo(id: string, known: KnownFiles): Promise<KubeconfigChange> {
    const change = this.#ofSession.find((one) => one.id === id) ?? (await this.#earlier(id, known));
    const undone: AppliedChange[] = [];
    try {
      for (const file of [...change.files].reverse()) undone.push(await this.#options.writer.undo(file));
    } catch (error) {
      this.record(undone);
      throw error;
    }
    this.#ofSession = this.#ofSession.filter((one) => one.id !== id);
    return this.record(undone);
  }

  /** Versions were forgotten: what can be undone is looked up anew. */
  forgot(): void {
    this.#last = undefined;
  }

  async #earlier(id: string, { files }: KnownFiles): Promise<KubeconfigChange> {
    for (const { path } of files) {
      const entry = (await this.#options.history.list(path)).find((one) => one.id === id);
      if (entry) return changeOf(path, entry);
    }
    throw new Failed({ code: 'not-found', message: 'This change cannot be undone any more.' });
  }
}

/** The newest entry that no later one took back. `entries`: the latest first. */
function lastStanding(entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  const standing: HistoryEntry[] = [];
  for (const entry of entries.toReversed()) {
    const last = standing.at(-1);
    if (last && last.before === entry.after && last.after === entry.before) standing.pop();
    else standing.push(entry);
  }
  return standing.at(-1);
}

function newestOf(entries: ReadonlyMap<string, HistoryEntry>): KubeconfigChange | undefined {
  const [newest] = [...entries].sort(([, a], [, b]) => b.atMs - a.atMs);
  return newest && changeOf(...newest);
}

const changeOf = (file: string, { id, atMs, what }: HistoryEntry): KubeconfigChange => ({
  id,
  atMs,
  what,
  files: [{ file, what, changeId: id }],
});
