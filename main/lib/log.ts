import { describe } from './redact.ts';
import { visible } from './visible.ts';

/** How much a line matters, least first. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where log lines go. Cancellation is never logged as an error. */
export interface Log {
  write(level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** One line per entry: time, level, message, facts, with unseen signs written out. `sink` gets the line without its end. */
export function createLog(options: {
  readonly now: () => number;
  readonly sink: (line: string, level: LogLevel) => void;
}): Log {
  return {
    write: (level, message, facts) => {
      const pairs = Object.entries(facts ?? {}).map(([key, value]) => `${key}=${describe(value)}`);
      const time = new Date(options.now()).toISOString();
      // A terminal obeys what is in a line, and a second line would look like an entry of its own.
      options.sink(visible([time, level, describe(message), ...pairs].join(' ').replaceAll('\n', '\\n')), level);
    },
  };
}

/** For tests and parts that have nothing to say. */
export const silentLog: Log = { write: () => undefined };
