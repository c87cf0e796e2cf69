import type { LogLevel } from '../../lib/log.ts';
import { cutShort } from '../../lib/redact.ts';

const WARNINGS: ReadonlySet<LogLevel> = new Set(['warn', 'error']);

/** More of one line is not shown: it may hold what a machine said. */
const MOST_CHARACTERS = 2000;

/** A line of a log as it is shown. */
export const shownLine = (line: string): string => cutShort(line, MOST_CHARACTERS);

/** The newest warnings and errors of a log, long ones cut, to be shown without reading its file. */
export class LogTail {
  readonly #most: number;
  #lines: readonly string[] = [];

  /** `most`: lines it holds. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** For the sink of the log. */
  take(line: string, level: LogLevel): void {
    if (!WARNINGS.has(level)) return;
    this.#lines = [...this.#lines, shownLine(line)].slice(-this.#most);
  }
}
