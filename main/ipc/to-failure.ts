import type { Failure } from '../../preload/contract/index.ts';
import { Failed, failure, isCancelled } from '../lib/failed.ts';
import type { ToldFailures } from './told-failures.ts';

/**
 * Whatever a handler threw, as a value. Known failures pass through; anything else is our own mistake. Both are logged under the
 * trace id that the user sees, with what was behind them.
 */
export function toFailure(error: unknown, told: ToldFailures, what: string): Failure {
  if (error instanceof Failed) {
    told.write(error.failure, what, error.cause);
    return error.failure;
  }
  if (isCancelled(error)) return failure({ code: 'cancelled', message: 'Cancelled.' });
  const internal = failure({
    code: 'internal',
    message: 'Minos made a mistake here.',
    hint: 'Look for the trace id in the log and report it.',
  });
  told.log.write('error', 'unexpected error', { what, traceId: internal.traceId, error });
  return internal;
}
