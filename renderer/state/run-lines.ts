import { assertNever } from '../lib/assert-never.ts';
import { formatDuration, formatNumber } from '../lib/format.ts';
import type { RunEvent } from '../../preload/contract/index.ts';

/** What happens to the lines of a node. */
export type LinesEvent = Extract<RunEvent, { type: 'lines' | 'dropped' | 'gap' }>;

/** One line as it is shown: a node's text, or a mark where something is missing. */
export interface RunLine {
  /** Counts the lines of the run, from 0, also those that are no longer kept. */
  readonly number: number;
  readonly node: string;
  readonly text: string;
  /** Said by Minos, not by the node. */
  readonly isMark: boolean;
}

/** Most lines of one run that the page keeps; older ones go, and how many is shown. */
export const MOST_LINES = 50_000;

/** Nor more characters than this. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** Lines that go at a time: moving up fifty thousand for each one that comes would be all that is done. */
const LET_GO_AT_ONCE = 1000;

/** The last lines of a run, of all its nodes in the order they came. */
export class RunLines {
  readonly #lines: RunLine[] = [];
  #characters = 0;
  #count = 0;
  /** Lines that are no longer kept. */
  letGo = 0;

  /** Oldest first. The same array again and again, longer or shorter. */
  get all(): readonly RunLine[] {
    return this.#lines;
  }

  take(event: LinesEvent): void {
    switch (event.type) {
      case 'lines':
        for (const text of event.lines) this.#add(event.node, text, false);
        break;
      case 'dropped':
        this.#add(event.node, droppedWords(event.count), true);
        break;
      case 'gap':
        this.#add(event.node, gapWords(event), true);
        break;
      default:
        assertNever(event);
    }
    if (this.#lines.length > MOST_LINES + LET_GO_AT_ONCE) this.#forget(this.#lines.length - MOST_LINES);
    while (this.#characters > MOST_CHARACTERS) this.#forget(Math.min(LET_GO_AT_ONCE, this.#lines.length));
  }

  #add(node: string, text: string, isMark: boolean): void {
    this.#lines.push({ number: this.#count, node, text, isMark });
    this.#count += 1;
    this.#characters += text.length;
  }

  #forget(count: number): void {
    for (const { text, isMark } of this.#lines.splice(0, count)) {
      this.#characters -= text.length;
      if (!isMark) this.letGo += 1;
    }
  }
}

function droppedWords(count: number): string {
  const what = count === 1 ? '1 line is' : `${formatNumber(count)} lines are`;
  return `${what} missing here: they came faster than they could be shown, or are no longer kept.`;
}

function gapWords({ from, to, gapMs }: Extract<LinesEvent, { type: 'gap' }>): string {
  const through = from === to ? `again through ${to}` : `through ${to} instead of ${from}`;
  return `Continued ${through} after ${formatDuration(gapMs)}; lines in between may be missing.`;
}
