/** Longer lines are cut: one of ten megabytes would be nothing to read. */
export const LONGEST_LINE = 16_384;

/** Lines without their ends; `cut` has the places of those that were longer. */
export interface Lines {
  readonly lines: readonly string[];
  readonly cut: readonly number[];
}

/** Whole lines of one source out of bytes that were cut anywhere: characters and lines may lie over any border. */
export class WholeLines {
  /** Unreadable bytes become U+FFFD; a byte order mark is text like any other. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #rest = '';
  /** The line under way was told already; the rest of it is thrown away. */
  #isCut = false;

  /** The lines these bytes complete, and of a line that is too long what is kept of it. */
  take(bytes: Uint8Array): Lines {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What is left when no more comes: a last line without an end. Begins anew. */
  end(): Lines {
    const { lines, cut } = this.#split(this.#decoder.decode());
    const rest = this.#rest;
    this.#rest = '';
    this.#isCut = false;
    return { lines: rest === '' ? lines : [...lines, rest], cut };
  }

  #split(text: string): Lines {
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    const lines: string[] = [];
    const cut: number[] = [];
    for (const piece of pieces) {
      this.#append(piece, lines, cut);
      if (!this.#isCut) lines.push(this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest);
      this.#rest = '';
      this.#isCut = false;
    }
    this.#append(last, lines, cut);
    return { lines, cut };
  }

  #append(piece: string, lines: string[], cut: number[]): void {
    if (this.#isCut) return;
    this.#rest = this.#rest === '' ? piece : this.#rest + piece;
    if (this.#rest.length <= LONGEST_LINE) return;
    cut.push(lines.length);
    lines.push(this.#rest.slice(0, LONGEST_LINE));
    this.#rest = '';
    this.#isCut = true;
  }
}
