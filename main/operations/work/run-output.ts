import type { RunEvent, RunNote } from '../../../preload/contract/index.ts';
import { failure } from '../../lib/failed.ts';
import { roughSize } from '../../lib/rough-size.ts';
import { Backlog } from './buffers/backlog.ts';
import type { BufferKind } from './buffers/buffer-of.ts';
import { DropOldest } from './buffers/drop-oldest.ts';
import { EveryItem } from './buffers/every-item.ts';
import type { RunObserver } from './run-request.ts';

/** What waits for the page, roughly; above it, no further answer is turned into rows and no further node is asked. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** The least that a row or a line counts: 20,000 may wait, however small. */
const LEAST_BYTES = MAX_WAITING_BYTES / 20_000;

/** Where the events of a run go: to whoever observes it at once, to the page when it takes them; and what they add up to. */
export class RunOutput {
  readonly #backlog: Backlog<RunEvent>;
  readonly #observer: RunObserver | undefined;
  readonly #counts = { ok: 0, failed: 0, cancelled: 0 };

  /** `buffer`: what becomes of lines that a slow page has not taken. */
  constructor(buffer: Exclude<BufferKind, 'newest-by-key'>, observer: RunObserver | undefined) {
    const kept =
      buffer === 'lossless' ? new EveryItem<RunEvent>() : new DropOldest<RunEvent>(MAX_WAITING_BYTES, droppedMark);
    this.#backlog = new Backlog(kept, MAX_WAITING_BYTES);
    this.#observer = observer;
  }

  /** For one reader. */
  get events(): AsyncIterable<RunEvent> {
    return this.#backlog;
  }

  /** Resolves when the page may be told more. */
  room(signal: AbortSignal): Promise<void> {
    return this.#backlog.room(signal);
  }

  push(event: RunEvent): void {
    if (event.type === 'answered') this.#counts.ok += 1;
    if (event.type === 'failed') this.#counts[event.failure.code === 'cancelled' ? 'cancelled' : 'failed'] += 1;
    this.#observer?.event?.(event);
    const isLines = event.type === 'lines';
    const pieces = isLines ? event.lines.length : 'rows' in event ? event.rows.length : 0;
    const weight = Math.max(roughSize(event), pieces * LEAST_BYTES);
    this.#backlog.push(event, weight, isLines ? event.node : undefined);
  }

  /** A node whose turn never came. */
  skip(node: string): void {
    const parts = { code: 'cancelled', message: `Cancelled before ${node} was called.`, retry: 'safe' } as const;
    this.push({ type: 'failed', node, durationMs: 0, failure: failure({ ...parts, where: { node } }) });
  }

  finish(durationMs: number, notes: readonly RunNote[]): void {
    this.push({ type: 'finished', ...this.#counts, durationMs, ...(notes.length > 0 && { notes }) });
    this.#backlog.end();
  }

  /** The reader gets what is kept, then this error. */
  fail(error: unknown): void {
    this.#backlog.fail(error);
  }
}

function droppedMark(node: string, dropped: RunEvent, before: RunEvent | undefined): RunEvent {
  const more = dropped.type === 'lines' ? dropped.lines.length : 0;
  return { type: 'dropped', node, count: more + (before?.type === 'dropped' ? before.count : 0) };
}
