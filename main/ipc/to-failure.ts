import type { Failure } from '../../preload/contract/index.ts';
import { Failed, failure, isCancelled } from '../lib/failed.ts';
import type { Log } from '../lib/log.ts';

/**
 * Whatever a handler threw, as a value. Known failures pass through; anything else is our own mistake, logged with its
 * stack under the trace id that the user sees.
 */
export function toFailure(error: unknown, log: Log, what: string): Failure {
  if (error instanceof Failed) {
    const cause = error.cause;
    if (cause !== undefined) log.write('info', error.message, { what, traceId: error.failure.traceId, cause });
    return error.failure;
  }
  if (isCancelled(error)) return failure({ code: 'cancelled', message: 'Cancelled.' });
  const internal = failure({
    code: 'internal',
    message: 'Minos made a mistake here.',
    hint: 'Look for the trace id in the log and report it.',
  });
  log.write('error', 'unexpected error', { what, traceId: internal.traceId, error });
  return internal;
}
