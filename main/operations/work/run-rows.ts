import { setImmediate } from 'node:timers/promises';
import { boundedRow, MAX_CELL_LENGTH } from './bounded.ts';
import type { BudgetShare } from './buffers/byte-budget.ts';
import type { Row } from '../commands/kit/definition.ts';

/** More rows of one node are not shown. Above what fits into the largest message (32 MiB of processes). */
export const MAX_NODE_ROWS = 500_000;

/** Nor are rows with more bytes than this together. */
export const MAX_NODE_ROW_BYTES = 128 * 1024 * 1024;

/** Rows of one event. */
export const ROWS_PER_EVENT = 1000;

/** Bytes of one event. */
export const BYTES_PER_EVENT = 256 * 1024;

/** Making rows never holds the event loop for longer than this. */
const SLICE_MS = 8;

/** Rows of one node on their way to the page, and what had to be left out of them. */
export class RowSlices {
  readonly #rows: Iterator<Row> | AsyncIterator<Row>;
  readonly #monotonic: () => number;
  readonly #share: BudgetShare | undefined;
  #sliceEndsAt: number;
  #count = 0;
  #shortened = 0;
  #isCut = false;

  /** `share` is where the bytes of the rows are taken from. Default: without end. */
  constructor(rows: Iterable<Row> | AsyncIterable<Row>, monotonic: () => number, share?: BudgetShare) {
    this.#rows = Symbol.iterator in rows ? rows[Symbol.iterator]() : rows[Symbol.asyncIterator]();
    this.#monotonic = monotonic;
    this.#share = share;
    this.#sliceEndsAt = monotonic() + SLICE_MS;
  }

  /**
   * The next rows, at most `ROWS_PER_EVENT` and some `BYTES_PER_EVENT`; `isLast` when there are no more. Lets other work in
   * between.
   */
  async next(): Promise<{ readonly rows: readonly Row[]; readonly isLast: boolean }> {
    const rows: Row[] = [];
    let eventBytes = 0;
    while (rows.length < ROWS_PER_EVENT && eventBytes < BYTES_PER_EVENT) {
      const pending = this.#rows.next();
      // Waiting for what is there already would take a turn for each row.
      const next = pending instanceof Promise ? await pending : pending;
      if (next.done === true) return { rows, isLast: true };
      const { row, bytes, cut } = boundedRow(next.value);
      if (this.#count === MAX_NODE_ROWS || this.#share?.take(bytes) === false) {
        this.#isCut = true;
        await this.#rows.return?.();
        return { rows, isLast: true };
      }
      this.#count += 1;
      this.#shortened += cut;
      eventBytes += bytes;
      rows.push(row);
      if ((bytes > 2000 || rows.length % 64 === 0) && this.#monotonic() > this.#sliceEndsAt) {
        await setImmediate();
        this.#sliceEndsAt = this.#monotonic() + SLICE_MS;
      }
    }
    return { rows, isLast: false };
  }

  /** What was left out, one sentence each; complete after the last rows. */
  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#isCut) {
      const all = this.#count === MAX_NODE_ROWS ? '' : ', because all together are too large';
      notes.push(`Only the first ${this.#count.toLocaleString('en')} rows are shown${all}.`);
    }
    if (this.#shortened > 0) {
      const what = this.#shortened === 1 ? '1 cell was' : `${this.#shortened.toLocaleString('en')} cells were`;
      notes.push(`${what} longer than ${MAX_CELL_LENGTH.toLocaleString('en')} characters and cut.`);
    }
    return notes;
  }
}
