import { status } from '@grpc/grpc-js';
import { PoolCallError } from '../../pool/calls/call-error.ts';

/**
 * What the failure of a call says about making it again. `way`: a connection, an endpoint or a daemon failed, which may come
 * back. `state`: the node is in another state than the request supposes. `verdict`: the same request gets the same answer
 * again. `none`: it is no failure of a call.
 */
export type CallEnd = 'way' | 'state' | 'verdict' | 'none';

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

/** How a call ended that threw this. */
export function callEnd(error: unknown): CallEnd {
  if (!(error instanceof PoolCallError)) return 'none';
  if (error.reason.kind !== 'status') return 'way';
  const { code } = error.reason.error;
  if (code === status.FAILED_PRECONDITION) return 'state';
  return VERDICTS.has(code) ? 'verdict' : 'way';
}

/** The connection broke under the call; whoever answered said nothing. */
export const isConnectionBroken = (error: unknown): boolean =>
  error instanceof PoolCallError && error.reason.kind === 'transport';
