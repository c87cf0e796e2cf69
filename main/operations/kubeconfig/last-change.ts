import type { WrittenChange } from '../../../preload/contract/index.ts';
import type { History, HistoryEntry } from '../../files/history.ts';
import { changeInHistory, type Written } from '../plans/undo.ts';
import type { KnownFiles } from './kubeconfig-files.ts';

/** The newest change of kubeconfigs that can be undone, also of an earlier session. */
export class LastChange {
  readonly #history: Pick<History, 'list'>;
  readonly #written: Pick<Written, 'changes'>;
  #last: { readonly of: string; readonly change: WrittenChange | undefined } | undefined;

  constructor(history: Pick<History, 'list'>, written: Pick<Written, 'changes'>) {
    this.#history = history;
    this.#written = written;
  }

  /** The newest change that would be taken back by `plans.undo` now: its files still are what it wrote. */
  async of({ files }: KnownFiles): Promise<WrittenChange | undefined> {
    const { changes } = this.#written;
    const versions = JSON.stringify([files.map(({ path, sha256 }) => [path, sha256]), changes.map(({ id }) => id)]);
    if (this.#last?.of === versions) return this.#last.change;
    const undoable = new Map<string, HistoryEntry>();
    for (const { path, sha256 } of files) {
      const entry = lastStanding(await this.#history.list(path));
      if (entry?.after === sha256) undoable.set(path, entry);
    }
    const ofSession = changes.findLast((one) =>
      one.files.every(({ file, changeId }) => undoable.get(file)?.id === changeId),
    );
    const change = ofSession ?? newestOf(undoable);
    this.#last = { of: versions, change };
    return change;
  }

  /** Versions were forgotten: what can be undone is looked up anew. */
  forgot(): void {
    this.#last = undefined;
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

function newestOf(entries: ReadonlyMap<string, HistoryEntry>): WrittenChange | undefined {
  const [newest] = [...entries].sort(([, a], [, b]) => b.atMs - a.atMs);
  return newest && changeInHistory(...newest);
}
