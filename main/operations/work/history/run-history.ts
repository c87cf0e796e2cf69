import type { RunAgain, RunSummary } from '../../../../preload/contract/index.ts';
import { mapped, Value, type Observable } from '../../../lib/observable.ts';

/** Runs of a window that are remembered. */
export const MAX_RUNS = 50;

interface Entry {
  /** The window that it was started in. */
  readonly windowId: number;
  readonly summary: RunSummary;
  readonly again: RunAgain;
}

/** The last runs of each window, newest first. Never written to a file; sensitive values never get here. */
export class RunHistory {
  /** Oldest first. */
  #entries = new Map<string, Entry>();
  /** Runs that repeat another one live, until they have ended. */
  readonly #repeating = new Map<string, { entry: Entry; readonly replaces: string }>();
  readonly #state = new Value<readonly RunSummary[]>([]);
  readonly #onForgotten: (runId: string) => void;
  readonly #lastNumbers = new Map<number, number>();

  /** `onForgotten` is told of each run that falls out. */
  constructor(onForgotten: (runId: string) => void) {
    this.#onForgotten = onForgotten;
  }

  /** Of all windows. */
  get state(): Observable<readonly RunSummary[]> {
    return this.#state;
  }

  /** Of one window. */
  of(windowId: number): Observable<readonly RunSummary[]> {
    return mapped(this.#state, () => this.#summaries(windowId));
  }

  /**
   * Adds a run of a window and says its number there. One that repeats a known run live has that one's number and stays out of sight until
   * `settle`.
   */
  add(summary: Omit<RunSummary, 'number'>, again: RunAgain, windowId: number, replaces?: string): number {
    const repeated = replaces === undefined ? undefined : this.#entries.get(replaces);
    const number = repeated?.summary.number ?? (this.#lastNumbers.get(windowId) ?? 0) + 1;
    const entry: Entry = { windowId: repeated?.windowId ?? windowId, summary: { ...summary, number }, again };
    if (repeated !== undefined) {
      this.#repeating.set(summary.runId, { entry, replaces: repeated.summary.runId });
      return number;
    }
    this.#lastNumbers.set(windowId, number);
    this.#entries.set(summary.runId, entry);
    this.#drop(this.#idsOf(windowId).slice(0, -MAX_RUNS));
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
    this.#drop([...this.#entries.keys()]);
    this.#publish();
  }

  /** A window was closed: forgets its runs. */
  leave(windowId: number): void {
    this.#drop(this.#idsOf(windowId));
    this.#lastNumbers.delete(windowId);
    this.#publish();
  }

  find(runId: string): Entry | undefined {
    return this.#entries.get(runId) ?? this.#repeating.get(runId)?.entry;
  }

  #idsOf(windowId: number): readonly string[] {
    return [...this.#entries].flatMap(([runId, entry]) => (entry.windowId === windowId ? [runId] : []));
  }

  #drop(runIds: readonly string[]): void {
    for (const runId of runIds) {
      this.#entries.delete(runId);
      this.#onForgotten(runId);
    }
  }

  #summaries(windowId?: number): readonly RunSummary[] {
    const entries = [...this.#entries.values()].filter(
      (entry) => windowId === undefined || entry.windowId === windowId,
    );
    return entries.map(({ summary }) => summary).reverse();
  }

  #publish(): void {
    this.#state.set(this.#summaries());
  }
}

function changed(entry: Entry, change: Partial<RunSummary>): Entry {
  return { ...entry, summary: { ...entry.summary, ...change } };
}
