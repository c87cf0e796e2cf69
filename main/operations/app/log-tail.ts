import type { LogLevel } from '../../lib/log.ts';

const KEPT: ReadonlySet<LogLevel> = new Set(['warn', 'error']);

/** The newest warnings and errors of a log as they were written, to be shown without reading its file. */
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
    if (KEPT.has(level)) this.#lines = [...this.#lines, line].slice(-this.#most);
  }
}
