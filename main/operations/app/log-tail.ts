import type { LogLevel } from '../../lib/log.ts';

const WARNINGS: ReadonlySet<LogLevel> = new Set(['warn', 'error']);

/** More of one line is not shown: it may hold what a machine said. */
const MOST_CHARACTERS = 2000;

/** The newest lines of a log, of those that are kept, long ones cut, to be shown without reading its file. */
export class LogTail {
  readonly #most: number;
  readonly #isKept: (line: string, level: LogLevel) => boolean;
  #lines: readonly string[] = [];

  /** `most`: lines it holds; warnings and errors when nothing else is said. */
  constructor(
    most: number,
    isKept: (line: string, level: LogLevel) => boolean = (_line, level) => WARNINGS.has(level),
  ) {
    this.#most = most;
    this.#isKept = isKept;
  }

  /** Oldest first. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** For the sink of the log. */
  take(line: string, level: LogLevel): void {
    if (!this.#isKept(line, level)) return;
    const kept = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}… (cut)` : line;
    this.#lines = [...this.#lines, kept].slice(-this.#most);
  }
}
