import type { Failure } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { callEnd } from '../../clusters/call-end.ts';

/** The context cannot be dialled as it stands in its file now: its certificate has expired. */
export class ContextUnusable extends Error {
  override readonly name = 'ContextUnusable';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/**
 * What a watch does after it broke: `again` from its bookmark, since the way or the node may come back; `anew` with everything,
 * since the node cannot go on from there; or it is `over`.
 */
export function afterBreak(error: unknown): 'again' | 'anew' | 'over' {
  if (error instanceof ContextUnusable) return 'again';
  if (error instanceof Failed) return error.failure.code === 'precondition' ? 'anew' : 'over';
  switch (callEnd(error)) {
    case 'way':
      return 'again';
    // A bookmark the node no longer has, or changes faster than its buffer.
    case 'state':
      return 'anew';
    case 'verdict':
    case 'none':
      return 'over';
  }
}
