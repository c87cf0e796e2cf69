import type { LensRow } from '../../lens/protocol.ts';

/** A line that was marked. What it says is kept: the line itself may go. */
export interface Bookmark {
  readonly line: number;
  readonly timeMs: number;
  readonly source: number;
  readonly text: string;
  readonly note: string;
}

const MOST_TEXT = 400;
const MOST_BOOKMARKS = 1_000;

/** The lines of a lens that were marked. */
export class Bookmarks {
  #all = $state.raw<ReadonlyMap<number, Bookmark>>(new Map());

  /** In the order of their times. */
  readonly list: readonly Bookmark[] = $derived([...this.#all.values()].toSorted((a, b) => a.timeMs - b.timeMs));

  of(line: number): Bookmark | undefined {
    return this.#all.get(line);
  }

  /** Marks a line, or writes its note anew. */
  set({ line, timeMs, source, text }: Pick<LensRow, 'line' | 'timeMs' | 'source' | 'text'>, note = ''): void {
    if (this.#all.size >= MOST_BOOKMARKS && !this.#all.has(line)) return;
    this.#all = new Map(this.#all).set(line, { line, timeMs, source, text: text.slice(0, MOST_TEXT), note });
  }

  drop(line: number): void {
    const left = new Map(this.#all);
    left.delete(line);
    this.#all = left;
  }

  /** Marks a line, or no longer does. */
  toggle(row: LensRow): void {
    if (this.#all.has(row.line)) this.drop(row.line);
    else this.set(row);
  }
}
