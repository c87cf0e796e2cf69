import { status as grpcStatus, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import type { Failure } from '../../../preload/contract/index.ts';
import type { MethodClass, WasSent } from './retry.ts';

/** What ended a call that did not succeed. */
export type CallCause =
  /** The server answered with this status. */
  | { readonly kind: 'status'; readonly error: ServiceError }
  /** The connection to the endpoint ended or went silent. */
  | { readonly kind: 'transport'; readonly failure: Failure }
  | { readonly kind: 'deadline' }
  /** The caller's signal. Not an error for the user. */
  | { readonly kind: 'cancelled' }
  /** The pool was closed, or the context behind it changed. */
  | { readonly kind: 'closed' }
  /** No endpoint can be reached; one reason per endpoint. */
  | { readonly kind: 'all-down' };

/** Why one endpoint could not be used. */
export interface EndpointReason {
  readonly endpoint: string;
  /** Missing if the endpoint is switched off or still being tried. */
  readonly failure?: Failure;
}

/** What a {@link PoolCallError} is made of. */
export interface CallErrorParts {
  readonly cause: CallCause;
  readonly method: string;
  readonly methodClass: MethodClass;
  readonly wasSent: WasSent;
  readonly endpoint?: string;
  readonly reasons?: readonly EndpointReason[];
}

/** A call that failed, with everything needed to tell the user the truth about it. */
export class PoolCallError extends Error {
  override readonly name: string;
  readonly reason: CallCause;
  /** Full gRPC path, `/package.Service/Method`. */
  readonly method: string;
  readonly methodClass: MethodClass;
  /** The endpoint of the last try; missing if there was none. */
  readonly endpoint: string | undefined;
  /** Whether the request left us. Anything but `false` must be treated as sent. */
  readonly wasSent: WasSent;
  /** State of each endpoint when the call gave up; empty if the server answered. */
  readonly reasons: readonly EndpointReason[];

  constructor(parts: CallErrorParts) {
    const inner = innerError(parts.cause);
    super(messageOf(parts), inner === undefined ? undefined : { cause: inner });
    this.name = parts.cause.kind === 'cancelled' ? 'AbortError' : 'PoolCallError';
    this.reason = parts.cause;
    this.method = parts.method;
    this.methodClass = parts.methodClass;
    this.endpoint = parts.endpoint;
    this.wasSent = parts.wasSent;
    this.reasons = parts.reasons ?? [];
  }

  /** The effect may have happened without us seeing the answer: look before trying again. */
  get mayHaveHappened(): boolean {
    return this.methodClass === 'once' && this.reason.kind !== 'status' && this.wasSent !== false;
  }
}

/** A server answered, and its message cannot be decoded. `cause` says what the decoder found. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
  /** Full gRPC path. */
  readonly method: string;

  constructor(method: string, cause: unknown) {
    super('the answer cannot be decoded', { cause });
    this.method = method;
  }
}

/** Runs a decoder; what it throws becomes {@link UnreadableAnswer}. */
export function decoding<T>(method: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    throw new UnreadableAnswer(method, error);
  }
}

/** Every endpoint is down. `reasons` has one entry per endpoint. */
export class AllEndpointsDown extends PoolCallError {
  constructor(parts: Omit<CallErrorParts, 'cause'>) {
    super({ ...parts, cause: { kind: 'all-down' } });
  }
}

/** The error grpc-js's own client would have thrown for a status. */
export function serviceError(status: StatusObject): ServiceError {
  const error = new Error(`${status.code} ${grpcStatus[status.code]}: ${status.details}`);
  return Object.assign(error, { code: status.code, details: status.details, metadata: status.metadata });
}

const innerError = (cause: CallCause): unknown => (cause.kind === 'status' ? cause.error : undefined);

function messageOf({ cause, endpoint }: CallErrorParts): string {
  switch (cause.kind) {
    case 'status':
      return cause.error.message;
    case 'transport':
      return cause.failure.message;
    case 'deadline':
      return endpoint === undefined ? 'No endpoint was connected in time.' : `${endpoint} did not answer in time.`;
    case 'cancelled':
      return 'The call was cancelled.';
    case 'closed':
      return 'The connection pool is closed.';
    case 'all-down':
      return 'No endpoint can be reached.';
  }
}
