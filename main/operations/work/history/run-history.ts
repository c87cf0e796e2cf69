import type { RunAgain, RunSummary } from '../../../../preload/contract/index.ts';
import { Value, type Observable } from '../../../lib/observable.ts';

/** Runs of this session that are remembered. */
export const MAX_RUNS = 50;

interface Entry {
  readonly summary: RunSummary;
  readonly again: RunAgain;
}

/** The last runs of this session, newest first. Never written to a file; sensitive values never get here. */
export class RunHistory {
  /** Oldest first. */
  #entries = new Map<string, Entry>();
  /** Runs that repeat another one live, until they have ended. */
  readonly #repeating = new Map<string, { entry: Entry; readonly replaces: string }>();
  readonly #state = new Value<readonly RunSummary[]>([]);
  readonly #onForgotten: (runId: string) => void;
  #lastNumber = 0;

  /** `onForgotten` is told of each run that falls out. */
  constructor(onForgotten: (runId: string) => void) {
    this.#onForgotten = onForgotten;
  }

  get state(): Observable<readonly RunSummary[]> {
    return this.#state;
  }

  /**
   * Adds a run and says its number. One that repeats a known run live has that one's number and stays out of sight until
   * `settle`.
   */
  add(summary: Omit<RunSummary, 'number'>, again: RunAgain, replaces?: string): number {
    const repeated = replaces === undefined ? undefined : this.#entries.get(replaces);
    const number = repeated?.summary.number ?? ++this.#lastNumber;
    const entry: Entry = { summary: { ...summary, number }, again };
    if (repeated !== undefined) {
      this.#repeating.set(summary.runId, { entry, replaces: repeated.summary.runId });
      return number;
    }
    this.#entries.set(summary.runId, entry);
    for (const runId of this.#entries.keys()) {
      if (this.#entries.size <= MAX_RUNS) break;
      this.#entries.delete(runId);
      this.#onForgotten(runId);
    }
    this.#publish();
    return number;
  }

  update(runId: string, change: Partial<RunSummary>): void {
    const repeating = this.#repeating.get(runId);
    if (repeating !== undefined) {
      repeating.entry = changed(repeating.entry, change);
      return;
    }
    const entry = this.#entries.get(runId);
    if (entry === undefined) return;
    this.#entries.set(runId, changed(entry, change));
    this.#publish();
  }

  /** A run has ended: one that repeats another takes its place, unless it was cancelled. */
  settle(runId: string): void {
    const repeating = this.#repeating.get(runId);
    if (repeating === undefined) return;
    const { entry, replaces } = repeating;
    this.#repeating.delete(runId);
    if (entry.summary.state === 'cancelled' || !this.#entries.has(replaces)) {
      this.#onForgotten(runId);
      return;
    }
    this.#entries = new Map([...this.#entries].map((pair) => (pair[0] === replaces ? [runId, entry] : pair)));
    this.#onForgotten(replaces);
    this.#publish();
  }

  /** Forgets every run. Numbers go on, so that none stands for two. */
  clear(): void {
    const forgotten = [...this.#entries.keys()];
    this.#entries.clear();
    forgotten.forEach(this.#onForgotten);
    this.#publish();
  }

  find(runId: string): Entry | undefined {
    return this.#entries.get(runId) ?? this.#repeating.get(runId)?.entry;
  }

  #publish(): void {
    this.#state.set([...this.#entries.values()].map(({ summary }) => summary).reverse());
  }
}

function changed(entry: Entry, change: Partial<RunSummary>): Entry {
  return { ...entry, summary: { ...entry.summary, ...change } };
}
