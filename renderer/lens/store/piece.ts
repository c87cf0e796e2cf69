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

/** A run of lines in the order they came: one string, and numbers for each line. */
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
  #parts: string[] = [];

  /** All lines with an end each. */
  get text(): string {
    if (this.#parts.length > 0) {
      this.#text += this.#parts.join('');
      this.#parts = [];
    }
    return this.#text;
  }

  /** No more comes: its text is put together now, not when it is first searched. */
  close(): void {
    // A text made of others is put together when a sign of it is asked for.
    this.text.charCodeAt(0);
  }

  get characters(): number {
    return this.offsets[this.count] ?? 0;
  }

  /** Puts whole lines last, each with its end; returns the place of the first. `starts` are where they begin in `text`. */
  append(text: string, starts: readonly number[]): number {
    const first = this.count;
    const base = this.characters;
    for (const [index, start] of starts.entries()) this.offsets[first + index] = base + start;
    this.count = first + starts.length;
    this.offsets[this.count] = base + text.length;
    this.#parts.push(text);
    return first;
  }

  line(index: number): string {
    return this.text.slice(this.offsets[index], (this.offsets[index + 1] ?? 1) - 1);
  }
}
