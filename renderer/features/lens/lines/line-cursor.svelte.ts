import type { LensRows } from '../../../lens/protocol.ts';

/** A line and the row it stands in. */
interface LinePlace {
  readonly line: number;
  readonly row: number;
}

/** The line of the keyboard: it is where its line is, however many come above it. */
export class LineCursor {
  #at = $state.raw<LinePlace | undefined>();
  /** A row that is to become it once it has come. */
  #wantedRow: number | undefined;

  /** Undefined at first. */
  get line(): number | undefined {
    return this.#at?.line;
  }

  get row(): number | undefined {
    return this.#at?.row;
  }

  choose(line: number, row: number): void {
    this.#wantedRow = undefined;
    this.#at = { line, row };
  }

  /** Chooses the line of a row as soon as it has come. */
  want(row: number): void {
    this.#wantedRow = row;
  }

  forget(): void {
    this.#at = undefined;
  }

  /** Rows stand elsewhere when lines come above them, and so does this. */
  take({ first, rows }: LensRows): void {
    const wanted = this.#wantedRow === undefined ? undefined : rows[this.#wantedRow - first];
    if (wanted && this.#wantedRow !== undefined) this.choose(wanted.line, this.#wantedRow);
    const place = this.#at;
    const at = place ? rows.findIndex(({ line }) => line === place.line) : -1;
    if (place && at >= 0 && first + at !== place.row) this.#at = { ...place, row: first + at };
  }
}
