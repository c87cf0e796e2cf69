import { NO_LEVEL } from '../lines/levels.ts';
import type { LensTimeKind } from '../protocol.ts';

/** Lines of one piece: large enough that a million are few pieces, small enough to be dropped one by one. */
export const PIECE_LINES = 5000;

/** Where the time of a line comes from, as it is kept. */
export const TIME_KINDS: readonly LensTimeKind[] = ['carried', 'before', 'arrival'];

/** What is kept of a line beside its text, as bits. */
export const IS_CUT = 1;
/** A mark or an event, or colours: something more is kept of it elsewhere. */
export const IS_MARK = 2;
export const HAS_MORE = 4;

/** What the present filter and search say of a line, as bits. */
export const PASSES = 1;
export const IS_HIT = 2;

/** A run of lines in the order they came: one string once it is whole, and numbers for each line. */
export class Piece {
  readonly times = new Float64Array(PIECE_LINES);
  readonly sources = new Uint16Array(PIECE_LINES);
  readonly levels = new Uint8Array(PIECE_LINES).fill(NO_LEVEL);
  readonly timeKinds = new Uint8Array(PIECE_LINES);
  readonly bodies = new Uint8Array(PIECE_LINES);
  readonly bits = new Uint8Array(PIECE_LINES);
  readonly verdicts = new Uint8Array(PIECE_LINES);
  /** Where each line begins; one more than there are lines. */
  readonly offsets = new Uint32Array(PIECE_LINES + 1);
  count = 0;
  /** What is kept of its lines elsewhere weighs as much as so many characters. */
  extra = 0;
  #text = '';
  /** While lines come: putting them together each time somebody looks would make as much garbage as there are lines. */
  #lines: string[] | undefined = [];

  /** No more comes: its text is put together now, not when it is first searched. */
  close(): void {
    this.#lines?.push('');
    this.#text = this.#lines?.join('\n') ?? '';
    this.#lines = undefined;
  }

  get characters(): number {
    return this.offsets[this.count] ?? 0;
  }

  /** Puts a line last; returns its place. */
  append(line: string): number {
    const index = this.count;
    this.offsets[index + 1] = this.characters + line.length + 1;
    this.count = index + 1;
    this.#lines?.push(line);
    return index;
  }

  line(index: number): string {
    return this.#lines?.[index] ?? this.#text.slice(this.offsets[index], (this.offsets[index + 1] ?? 1) - 1);
  }

  /** Lines from one place to before another, with an end each. */
  slice(from: number, to: number): string {
    if (this.#lines !== undefined) return [...this.#lines.slice(from, to), ''].join('\n');
    return from === 0 && to === this.count ? this.#text : this.#text.slice(this.offsets[from], this.offsets[to]);
  }
}
