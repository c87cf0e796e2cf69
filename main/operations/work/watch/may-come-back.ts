import { status } from '@grpc/grpc-js';
import type { Failure } from '../../../../preload/contract/index.ts';
import { Failed } from '../../../lib/failed.ts';
import { PoolCallError } from '../../../pool/calls/call-error.ts';

/** Verdicts on the request itself: the same request gets the same one again. */
const VERDICTS: ReadonlySet<status> = new Set([
  status.INVALID_ARGUMENT,
  status.NOT_FOUND,
  status.ALREADY_EXISTS,
  status.PERMISSION_DENIED,
  status.OUT_OF_RANGE,
  status.UNIMPLEMENTED,
  status.UNAUTHENTICATED,
  status.RESOURCE_EXHAUSTED,
]);

/** The context is gone from its file, or cannot be dialled as it stands there now. */
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
  if (!(error instanceof PoolCallError)) return 'over';
  if (error.reason.kind !== 'status') return 'again';
  const { code } = error.reason.error;
  // A bookmark the node no longer has, or changes faster than its buffer.
  if (code === status.FAILED_PRECONDITION) return 'anew';
  return VERDICTS.has(code) ? 'over' : 'again';
}
