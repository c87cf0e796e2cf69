import type { LensGap } from '../../../preload/contract/index.ts';

/** Lines before a break that are looked for after it: enough that a line that repeats is not mistaken. */
const KNOWN_LINES = 20;

/** What goes on after a break, and what of it is missing. */
export interface Rejoined {
  readonly lines: readonly string[];
  readonly missing: LensGap['missing'];
}

/** The last lines that came of a source. */
export class LastLines {
  #lines: readonly string[] = [];

  get known(): readonly string[] {
    return this.#lines;
  }

  add(lines: readonly string[]): void {
    this.#lines =
      lines.length >= KNOWN_LINES ? lines.slice(-KNOWN_LINES) : [...this.#lines, ...lines].slice(-KNOWN_LINES);
  }

  clear(): void {
    this.#lines = [];
  }
}

/**
 * What of a log that was asked for once more is new: all after the last place where the `known` lines stand. `asked` is how many
 * lines the node was asked for. A log that is shorter than that and has none of them is a new one.
 */
export function rejoin(known: readonly string[], got: readonly string[], asked: number): Rejoined {
  for (let end = got.length; end >= known.length; end -= 1) {
    let matched = 0;
    while (matched < known.length && got[end - 1 - matched] === known[known.length - 1 - matched]) matched += 1;
    if (matched === known.length) return { lines: got.slice(end), missing: 'nothing' };
  }
  // The oldest of the known lines may have left the node's buffer since: the newest of them must be at its very start.
  for (let length = Math.min(known.length - 1, got.length); length > 0; length -= 1) {
    if (known.slice(-length).every((line, index) => line === got[index]))
      return { lines: got.slice(length), missing: 'nothing' };
  }
  return { lines: got, missing: got.length < asked ? 'restarted' : 'unknown' };
}
