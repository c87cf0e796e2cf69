import type { Log } from '../lib/log.ts';

/** What the log calls it; the end-to-end tests look for it and fail. */
export const UNHANDLED = 'a promise was rejected and nobody listened';

/** A fault of ours must not take down a window in which somebody works: it is logged, and the rest goes on. */
export function logUnhandledRejections(source: Pick<NodeJS.Process, 'on'>, log: Log): void {
  source.on('unhandledRejection', (error) => {
    log.write('error', UNHANDLED, { error });
  });
}
