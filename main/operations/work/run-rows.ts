import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { formatNumber } from '../../../preload/contract/format/numbers.ts';
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

/** The first rows are told at once; after them, those that came in so long are told together. */
const TOGETHER_MS = 25;

/** Making rows never holds the event loop for longer than this. */
const SLICE_MS = 8;

/** Rows that come some at a time, as a node tells them. */
export interface ComingBatches {
  readonly batches: AsyncIterator<Iterable<Row>, unknown>;
}

type Source = Iterable<Row> | AsyncIterable<Row> | ComingBatches;
type Coming = AsyncIterator<Row | Iterable<Row>, unknown>;

const NOTHING: Iterator<Row, unknown> = [][Symbol.iterator]();

/** Rows of one node on their way to the page, and what had to be left out of them. */
export class RowSlices {
  /** Where more comes from, when what is there is used up. */
  readonly #coming: Coming | undefined;
  readonly #isBatched: boolean;
  readonly #monotonic: () => number;
  readonly #share: BudgetShare | undefined;
  #sliceEndsAt: number;
  #count = 0;
  #shortened = 0;
  #isCut = false;
  #isFirst = true;
  /** Rows that are there. */
  #here: Iterator<Row, unknown>;
  /** What was asked for and has not come. */
  #pending: ReturnType<Coming['next']> | undefined;
  /** True while it is awaited when rows that are there no longer wait for more. */
  #isTimed = false;
  /** Ends the waiting. */
  #ring = (): void => undefined;

  /** `share` is where the bytes of the rows are taken from. Default: without end. */
  constructor(rows: Source, monotonic: () => number, share?: BudgetShare) {
    this.#isBatched = 'batches' in rows;
    this.#here = Symbol.iterator in rows ? rows[Symbol.iterator]() : NOTHING;
    if ('batches' in rows) this.#coming = rows.batches;
    else if (Symbol.asyncIterator in rows) this.#coming = rows[Symbol.asyncIterator]();
    this.#monotonic = monotonic;
    this.#share = share;
    this.#sliceEndsAt = monotonic() + SLICE_MS;
  }

  /**
   * The next rows, at most `ROWS_PER_EVENT` and some `BYTES_PER_EVENT`; `isLast` when there are no more. Rows that are there
   * do not wait for those still to come. Lets other work in between.
   */
  async next(): Promise<{ readonly rows: readonly Row[]; readonly isLast: boolean }> {
    const rows: Row[] = [];
    let eventBytes = 0;
    while (rows.length < ROWS_PER_EVENT && eventBytes < BYTES_PER_EVENT) {
      const here = this.#here.next();
      // Waiting for what is there already would take a turn for each row.
      const next = here.done === true && this.#coming ? await this.#come(this.#coming, rows.length > 0) : here;
      if (next === 'due') return { rows, isLast: false };
      if (next === 'here') continue;
      if (next.done === true) return { rows, isLast: true };
      const { row, bytes, cut } = boundedRow(next.value);
      if (this.#count === MAX_NODE_ROWS || this.#share?.take(bytes) === false) {
        this.#isCut = true;
        await this.#stop();
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

  /** Nobody wants the rest: what brings it ends. */
  end(): void {
    // It may be waiting for its node, and fail after its reader has gone.
    this.#pending?.catch(() => undefined);
    this.#ring();
    void this.#stop().catch(() => undefined);
  }

  async #stop(): Promise<void> {
    this.#here.return?.();
    await this.#coming?.return?.();
  }

  /** `hasSome`: there are rows that could be told when this one takes its time. */
  async #come(coming: Coming, hasSome: boolean): Promise<IteratorResult<Row, unknown> | 'here' | 'due'> {
    const pending = (this.#pending ??= coming.next());
    // What came before it broke off is told first; asked again, it says so.
    if (hasSome && (await this.#cameInTime(pending)) === 'due') return 'due';
    const next = await pending;
    this.#pending = undefined;
    if (next.done === true) return next;
    if (!this.#isBatched) return { done: false, value: next.value as Row };
    this.#here = (next.value as Iterable<Row>)[Symbol.iterator]();
    return 'here';
  }

  /** One timer for all that comes until it rings: a race for each would leave something behind at the timer. */
  #cameInTime(pending: Promise<unknown>): Promise<'came' | 'due'> {
    return new Promise((resolve) => {
      this.#ring = () => resolve('due');
      pending.then(
        () => resolve('came'),
        () => resolve('due'),
      );
      if (this.#isTimed) return;
      this.#isTimed = true;
      const due = this.#isFirst ? setImmediate() : delay(TOGETHER_MS);
      void due.then(() => {
        this.#isTimed = false;
        this.#isFirst = false;
        this.#ring();
      });
    });
  }

  /** What was left out, one sentence each; complete after the last rows. */
  notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#isCut) {
      const all = this.#count === MAX_NODE_ROWS ? '' : ', because all together are too large';
      notes.push(`Only the first ${formatNumber(this.#count)} rows are shown${all}.`);
    }
    if (this.#shortened > 0) {
      const what = this.#shortened === 1 ? '1 cell was' : `${formatNumber(this.#shortened)} cells were`;
      notes.push(`${what} longer than ${formatNumber(MAX_CELL_LENGTH)} characters and cut.`);
    }
    return notes;
  }
}
