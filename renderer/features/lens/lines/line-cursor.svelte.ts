import type { LensRows } from '../../../lens/protocol.ts';

/** A line and the row it stands in. */
interface LinePlace {
  readonly line: number;
  readonly row: number;
}

/** The line of the keyboard: it is where its line is, however many come above it. */
export class LineCursor {
  #at = $state.raw<LinePlace | undefined>();
  #from = $state.raw<LinePlace | undefined>();
  /** A row that is to become it once it has come, and what was asked for meanwhile. */
  #wanted: { readonly row: number; readonly isExtending: boolean; then: () => void } | undefined;

  /** Undefined at first. */
  get line(): number | undefined {
    return this.#at?.line;
  }

  get row(): number | undefined {
    return this.#at?.row;
  }

  /** Where the next step goes from: its row, or the one that is on its way. */
  get nextFrom(): number | undefined {
    return this.#wanted?.row ?? this.#at?.row;
  }

  /** First and last row of what is selected; undefined while there is no line of the keyboard. */
  get selected(): readonly [number, number] | undefined {
    if (!this.#at) return undefined;
    const from = this.#from ?? this.#at;
    return [Math.min(from.row, this.#at.row), Math.max(from.row, this.#at.row)];
  }

  /** Its line and the one that selecting began with, which may be the same. */
  get selectedLines(): readonly [number, number] | undefined {
    return this.#at && [(this.#from ?? this.#at).line, this.#at.line];
  }

  /** `isExtending` selects all from where it was. */
  choose(line: number, row: number, isExtending = false): void {
    this.#wanted = undefined;
    this.#from = isExtending ? (this.#from ?? this.#at) : undefined;
    this.#at = { line, row };
  }

  /** Chooses the line of a row as soon as it has come. */
  want(row: number, isExtending = false): void {
    this.#wanted = { row, isExtending, then: () => undefined };
  }

  /** Does something with the line of the keyboard: at once, or when the one that is wanted has come. */
  whenThere(act: () => void): void {
    if (this.#wanted) this.#wanted.then = act;
    else act();
  }

  forget(): void {
    this.#wanted = undefined;
    this.#at = undefined;
    this.#from = undefined;
  }

  /** Rows stand elsewhere when lines come above them, and so does this. */
  take({ first, rows }: LensRows): void {
    const wanted = this.#wanted;
    const found = wanted && rows[wanted.row - first];
    if (wanted && found) {
      this.choose(found.line, wanted.row, wanted.isExtending);
      wanted.then();
    }
    const moved = (place: LinePlace | undefined): LinePlace | undefined => {
      const at = place ? rows.findIndex(({ line }) => line === place.line) : -1;
      return place && at >= 0 && first + at !== place.row ? { ...place, row: first + at } : place;
    };
    this.#at = moved(this.#at);
    this.#from = moved(this.#from);
  }
}
