import type { RunAgain, RunSummary } from '../../preload/contract/index.ts';
import { Value, type Observable } from '../lib/observable.ts';

/** Runs of this session that are remembered. */
export const MAX_RUNS = 50;

interface Entry {
  readonly summary: RunSummary;
  readonly again: RunAgain;
}

/** The last runs of this session, newest first. Never written to a file; sensitive values never get here. */
export class RunHistory {
  readonly #entries = new Map<string, Entry>();
  readonly #state = new Value<readonly RunSummary[]>([]);
  readonly #onForgotten: (runId: string) => void;

  /** `onForgotten` is told of each run that falls out. */
  constructor(onForgotten: (runId: string) => void) {
    this.#onForgotten = onForgotten;
  }

  get state(): Observable<readonly RunSummary[]> {
    return this.#state;
  }

  add(summary: RunSummary, again: RunAgain): void {
    this.#entries.set(summary.runId, { summary, again });
    for (const runId of this.#entries.keys()) {
      if (this.#entries.size <= MAX_RUNS) break;
      this.#entries.delete(runId);
      this.#onForgotten(runId);
    }
    this.#publish();
  }

  update(runId: string, change: Partial<RunSummary>): void {
    const entry = this.#entries.get(runId);
    if (entry === undefined) return;
    this.#entries.set(runId, { ...entry, summary: { ...entry.summary, ...change } });
    this.#publish();
  }

  find(runId: string): Entry | undefined {
    return this.#entries.get(runId);
  }

  #publish(): void {
    this.#state.set([...this.#entries.values()].map(({ summary }) => summary).reverse());
  }
}
