import type { CellValue, Failure, RunColumn, RunEvent } from '../../preload/contract/index.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { PreparedCommand, Row } from './commands/definition.ts';
import { roughSize } from './rough-size.ts';

/** What one node said. */
export type NodeResult =
  | {
      readonly state: 'answered';
      readonly endpoint: string;
      readonly durationMs: number;
      readonly rows: readonly Row[];
    }
  | { readonly state: 'failed'; readonly endpoint?: string; readonly durationMs: number; readonly failure: Failure };

/** A node's message, and what can make more of it. */
export interface KeptAnswer {
  readonly answer: unknown;
  readonly prepared: PreparedCommand;
}

/** Most memory the kept results of all runs may use, roughly; a single message above the smaller limit is not kept. */
export const MAX_KEPT_BYTES = 128 * 1024 * 1024;
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** Rows and messages of one run, for export, details and the raw view. */
export class RunResult {
  readonly nodes = new Map<string, NodeResult>();
  columns: readonly RunColumn[] = [];
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #coming = new Map<string, (readonly CellValue[])[]>();
  #sizeBytes = 0;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** The message of a node, while it is kept. */
  answerOf(node: string): KeptAnswer | undefined {
    return this.#answers.get(node);
  }

  keepAnswer(node: string, kept: KeptAnswer): void {
    const sizeBytes = roughSize(kept.answer, MAX_ANSWER_BYTES);
    if (sizeBytes > MAX_ANSWER_BYTES) return;
    this.#answers.set(node, kept);
    this.#sizeBytes += sizeBytes;
  }

  /** Follows the events of the run. */
  take(event: RunEvent): void {
    switch (event.type) {
      case 'started':
        this.columns = event.columns;
        return;
      case 'calling':
      case 'finished':
        return;
      case 'rows':
        this.#append(event.node, event.rows);
        return;
      case 'answered': {
        const { node, endpoint, durationMs } = event;
        const rows = this.#append(node, event.rows);
        this.#coming.delete(node);
        this.nodes.set(node, { state: 'answered', endpoint, durationMs, rows });
        return;
      }
      case 'failed': {
        const { node, endpoint, durationMs, failure } = event;
        this.#coming.delete(node);
        this.nodes.set(node, { state: 'failed', durationMs, failure, ...(endpoint !== undefined && { endpoint }) });
        return;
      }
      default:
        assertNever(event);
    }
  }

  #append(node: string, rows: readonly Row[]): readonly Row[] {
    const all = this.#coming.get(node) ?? [];
    this.#coming.set(node, all);
    for (const row of rows) all.push(row);
    this.#sizeBytes += roughSize(rows);
    return all;
  }
}

/** The results of the last runs, as many as fit into the limit; the newest is always kept. */
export class RunResults {
  readonly #runs = new Map<string, RunResult>();
  readonly #maxBytes: number;

  constructor(maxBytes = MAX_KEPT_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** A new run's result, empty. */
  open(runId: string): RunResult {
    const result = new RunResult();
    this.#runs.set(runId, result);
    return result;
  }

  find(runId: string): RunResult | undefined {
    return this.#runs.get(runId);
  }

  /** Lets go of the oldest runs until the rest fits. */
  trim(): void {
    const newest = [...this.#runs.keys()].at(-1);
    let total = 0;
    for (const { sizeBytes } of this.#runs.values()) total += sizeBytes;
    for (const [runId, { sizeBytes }] of this.#runs) {
      if (total <= this.#maxBytes || runId === newest) return;
      this.#runs.delete(runId);
      total -= sizeBytes;
    }
  }

  forget(runId: string): void {
    this.#runs.delete(runId);
  }
}
