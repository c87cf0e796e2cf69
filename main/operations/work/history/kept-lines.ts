import { formatDuration } from '../../../../preload/contract/format/durations.ts';

/** How a break stands among the lines that are kept: a file must not read as if nothing were missing. */
export function gapLine({ to, gapMs }: { readonly to: string; readonly gapMs: number }): string {
  return `--- continued through ${to} after ${formatDuration(gapMs)}; lines in between may be missing ---`;
}

/** Lines of one node that came together. */
interface Piece {
  readonly node: string;
  readonly lines: readonly string[];
  readonly bytes: number;
}

/** What a line weighs besides its characters. */
const LINE_BYTES = 16;

/** Places that may stand empty at the front before the rest is moved up. */
const MOST_EMPTY = 4096;

/** The last lines of a run, of all its nodes in the order they came; the oldest go when there is no room, and are counted. */
export class KeptLines {
  readonly #pieces: (Piece | undefined)[] = [];
  readonly #maxBytes: number;
  readonly #gone = new Map<string, number>();
  #head = 0;
  /** Roughly what they take. */
  sizeBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** `hasRoom` is asked for what they take; without it, as much of the oldest goes. */
  add(node: string, lines: readonly string[], hasRoom: (sizeBytes: number) => boolean): void {
    const bytes = lines.reduce((sum, line) => sum + line.length + LINE_BYTES, 0);
    const limit = hasRoom(bytes) ? this.#maxBytes : Math.min(this.#maxBytes, this.sizeBytes);
    this.#pieces.push({ node, lines, bytes });
    this.sizeBytes += bytes;
    while (this.sizeBytes > limit) this.#dropFirst();
  }

  /** In the order they came. */
  *pieces(): Generator<{ readonly node: string; readonly lines: readonly string[] }> {
    for (const piece of this.#pieces) if (piece !== undefined) yield piece;
  }

  /** Lines of each node. */
  byNode(): ReadonlyMap<string, readonly string[]> {
    const all = new Map<string, string[]>();
    for (const { node, lines } of this.pieces()) {
      const known = all.get(node) ?? [];
      all.set(node, known);
      for (const line of lines) known.push(line);
    }
    return all;
  }

  /** How many of a node are no longer kept. */
  goneOf(node: string): number {
    return this.#gone.get(node) ?? 0;
  }

  #dropFirst(): void {
    const first = this.#pieces[this.#head];
    if (first === undefined) return;
    this.#pieces[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > MOST_EMPTY) {
      this.#pieces.splice(0, this.#head);
      this.#head = 0;
    }
    this.sizeBytes -= first.bytes;
    this.#gone.set(first.node, this.goneOf(first.node) + first.lines.length);
  }
}
