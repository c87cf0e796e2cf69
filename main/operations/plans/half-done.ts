import type { Failure } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';

/**
 * The failure of what ended halfway, in words that say what was done before. `words` gets its message. It is not `cancelled`
 * any more, which nobody is told of. What is no Failed stays as it is.
 */
export function halfDone(error: unknown, words: (message: string) => string): unknown {
  if (!(error instanceof Failed)) return error;
  return new Failed({ ...told(error.failure), message: words(told(error.failure).message) }, error);
}

const told = (failure: Failure): Failure =>
  failure.code === 'cancelled' ? { ...failure, code: 'conflict', message: 'Not everything was confirmed.' } : failure;
