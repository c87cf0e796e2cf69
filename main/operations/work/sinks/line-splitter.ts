import { formatNumber } from '../../../../preload/contract/format/numbers.ts';

/** Longer lines are cut: one of ten megabytes would be nothing to read, and the page holds many. */
export const MAX_LINE_LENGTH = 16_384;

/** Text of one node out of bytes that were cut anywhere: whole characters, whole lines. */
export class LineSplitter {
  /** Unreadable bytes become U+FFFD; a byte order mark is text like any other. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #rest = '';
  /** The line that comes is too long already; its rest is thrown away. */
  #isCut = false;
  #cutCount = 0;

  /** The lines these bytes complete, without their ends. */
  take(bytes: Uint8Array): readonly string[] {
    return this.#split(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What is left when no more comes: a last line without an end. Begins anew. */
  end(): readonly string[] {
    const lines = [...this.#split(this.#decoder.decode())];
    if (this.#rest !== '') lines.push(this.#rest);
    this.#rest = '';
    this.#isCut = false;
    return lines;
  }

  /** What was left out, one sentence each. */
  notes(): readonly string[] {
    if (this.#cutCount === 0) return [];
    const what = this.#cutCount === 1 ? '1 line was' : `${formatNumber(this.#cutCount)} lines were`;
    return [`${what} longer than ${formatNumber(MAX_LINE_LENGTH)} characters and cut.`];
  }

  #split(text: string): readonly string[] {
    const pieces = text.split('\n');
    const last = pieces.pop() ?? '';
    const lines: string[] = [];
    for (const piece of pieces) {
      this.#append(piece, lines);
      if (!this.#isCut) lines.push(withoutReturn(this.#rest));
      this.#rest = '';
      this.#isCut = false;
    }
    this.#append(last, lines);
    return lines;
  }

  #append(piece: string, lines: string[]): void {
    if (this.#isCut) return;
    this.#rest += piece;
    if (this.#rest.length <= MAX_LINE_LENGTH) return;
    lines.push(`${this.#rest.slice(0, MAX_LINE_LENGTH)}…`);
    this.#rest = '';
    this.#isCut = true;
    this.#cutCount += 1;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
