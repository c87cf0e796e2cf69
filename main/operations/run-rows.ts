import { setImmediate } from 'node:timers/promises';
import { cutCell, isTooLong, MAX_CELL_LENGTH } from './bounded.ts';
import type { Row } from './commands/definition.ts';

/** More rows of one node are not shown. Above what fits into the largest message (32 MiB of processes). */
export const MAX_NODE_ROWS = 500_000;

/** Rows of one event. */
export const ROWS_PER_EVENT = 1000;

/** Making rows never holds the event loop for longer than this. */
const SLICE_MS = 8;

/** Rows of one node on their way to the page, and what had to be left out of them. */
export class RowSlices {
  readonly #rows: Iterator<Row> | AsyncIterator<Row>;
  readonly #monotonic: () => number;
  #sliceEndsAt: number;
  #count = 0;
  #shortened = 0;
  #isCut = false;

  constructor(rows: Iterable<Row> | AsyncIterable<Row>, monotonic: () => number) {
    this.#rows = Symbol.iterator in rows ? rows[Symbol.iterator]() : rows[Symbol.asyncIterator]();
    this.#monotonic = monotonic;
    this.#sliceEndsAt = monotonic() + SLICE_MS;
  }

  /** The next rows, at most `ROWS_PER_EVENT`; `isLast` when there are no more. Lets other work in between. */
  async next(): Promise<{ readonly rows: readonly Row[]; readonly isLast: boolean }> {
    const rows: Row[] = [];
    while (rows.length < ROWS_PER_EVENT) {
      const pending = this.#rows.next();
      // Waiting for what is there already would take a turn for each row.
      const next = pending instanceof Promise ? await pending : pending;
      if (next.done === true) return { rows, isLast: true };
      if (this.#count === MAX_NODE_ROWS) {
        this.#isCut = true;
        await this.#rows.return?.();
        return { rows, isLast: true };
      }
      this.#count += 1;
      rows.push(this.#bounded(next.value));
      if (rows.length % 64 === 0 && this.#monotonic() > this.#sliceEndsAt) {
        await setImmediate();
        this.#sliceEndsAt = this.#monotonic() + SLICE_MS;
      }
    }
    return { rows, isLast: false };
  }

  /** What was left out, one sentence each; complete after the last rows. */
  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#isCut) notes.push(`Only the first ${MAX_NODE_ROWS.toLocaleString('en')} rows are shown.`);
    if (this.#shortened > 0) {
      const what = this.#shortened === 1 ? '1 cell was' : `${this.#shortened.toLocaleString('en')} cells were`;
      notes.push(`${what} longer than ${MAX_CELL_LENGTH.toLocaleString('en')} characters and cut.`);
    }
    return notes;
  }

  #bounded(row: Row): Row {
    const tooLong = row.filter(isTooLong).length;
    if (tooLong === 0) return row;
    this.#shortened += tooLong;
    return row.map(cutCell);
  }
}
