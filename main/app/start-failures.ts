import { Failed } from '../lib/failed.ts';
import type { Log } from '../lib/log.ts';
import { redactText } from '../lib/redact.ts';
import { visibleText } from '../lib/visible.ts';

/** What the log calls an error that nobody caught. */
export const UNCAUGHT = 'an error was thrown and nobody caught it';

/** The parts of a process that {@link StartFailures} needs. */
export interface FailingProcess {
  on(event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  readonly stderr: {
    write(text: string): unknown;
    on(event: 'error', listener: () => void): unknown;
  };
  readonly stdout: { on(event: 'error', listener: () => void): unknown };
}

/**
 * What happens to errors that nobody catches. While main loads they end the app with one sentence: Electron itself would stay
 * alive without a window. Later they are logged, since a fault of ours must not take down a window in which somebody works.
 * A terminal that has gone (EPIPE) is not an error: Electron would show a box for it.
 */
export class StartFailures {
  #log: Log | undefined;

  /** Watches from now on; `exit` ends the app at once. Call it before anything else can fail. */
  constructor(process: FailingProcess, exit: (code: number) => void) {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    process.on('uncaughtException', (error) => {
      if (this.#log !== undefined) {
        this.#log.write('error', UNCAUGHT, { error });
        return;
      }
      process.stderr.write(`${visibleText(redactText(inWords(error)))}\n`);
      exit(1);
    });
  }

  /** Main is loaded: from now on what nobody catches is logged. */
  loaded(log: Log): void {
    this.#log = log;
  }
}

/** A failure in its own words; of anything else what a developer needs. */
function inWords(error: unknown): string {
  if (error instanceof Failed) {
    const { message, hint } = error.failure;
    return `minos: ${hint === undefined ? message : `${message} ${hint}`}`;
  }
  return `minos: could not start. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
