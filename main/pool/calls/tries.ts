import { status as grpcStatus } from '@grpc/grpc-js';
import type { Clock } from '../../lib/clock.ts';
import { AllEndpointsDown, PoolCallError, serviceError, type CallCause } from './call-error.ts';
import type { Connections, NoConnection } from '../connections.ts';
import type { Hedging } from './hedging.ts';
import type { EndpointShell } from '../endpoint-shell.ts';
import type { PoolLimits } from '../limits.ts';
import { mayTryAgain, type MethodClass, type WasSent } from './retry.ts';
import { errorCode } from '../transport-failure.ts';
import type { TryEnd } from './try-call.ts';

/** What a call runs on. */
export interface CallContext {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly limits: PoolLimits;
  readonly methodClass: (path: string) => MethodClass;
  readonly hedging: Hedging;
  /** After numbers of an endpoint changed. */
  readonly onActivity: () => void;
}

/** Bookkeeping of one operation over all its tries; unary calls and streams share it. */
export class Tries {
  readonly path: string;
  readonly methodClass: MethodClass;
  readonly avoid = new Set<EndpointShell>();
  /** Epoch milliseconds. */
  readonly startedAtMs: number;
  endpoint: string | undefined;
  wasSent: WasSent = false;
  readonly #context: CallContext;
  #sent = 0;
  #unsent = 0;

  constructor(path: string, context: CallContext) {
    this.path = path;
    this.startedAtMs = context.clock.now();
    this.methodClass = context.methodClass(path);
    this.#context = context;
  }

  /** Counts a try; true if the operation may be tried on another connection. */
  mayTryAgain(end: TryEnd, shell: EndpointShell): boolean {
    this.avoid.add(shell);
    if (end.wasSent === false) this.#unsent += 1;
    else this.#sent += 1;
    // Once it may have left us, later tries that did not leave change nothing about that.
    if (end.wasSent !== false) this.wasSent = end.wasSent;
    return mayTryAgain({
      methodClass: this.methodClass,
      ending: end.ending,
      wasSent: end.wasSent,
      sentTries: this.#sent,
      unsentTries: this.#unsent,
      endpoints: this.#context.connections.size,
    });
  }

  /** A stream that brought something starts to count anew. */
  progressed(): void {
    this.#sent = 0;
    this.#unsent = 0;
    this.avoid.clear();
  }

  /** The error for an operation that got no connection. */
  noConnection(why: NoConnection): PoolCallError {
    if (why !== 'all-down') return this.error({ kind: why });
    return new AllEndpointsDown({ ...this.#facts(), reasons: this.#context.connections.reasons() });
  }

  /** The error for the end of the last try. */
  failed(end: TryEnd, shell: EndpointShell): PoolCallError {
    if (end.ending === 'answered') return this.error({ kind: 'status', error: serviceError(end.status) });
    if (end.ending === 'deadline') return this.error({ kind: 'deadline' });
    if (end.ending === 'cancelled') {
      return this.error({ kind: this.#context.connections.isClosedFor(this.methodClass) ? 'closed' : 'cancelled' });
    }
    const { details } = end.status;
    const code = end.silent ? 'SILENT' : end.status.code === grpcStatus.CANCELLED ? 'CANCELLED' : errorCode(details);
    return this.error({ kind: 'transport', failure: shell.explain({ stage: 'established', code, details }) });
  }

  error(cause: CallCause): PoolCallError {
    return new PoolCallError({ ...this.#facts(), cause, reasons: this.#context.connections.reasons() });
  }

  #facts() {
    return {
      method: this.path,
      methodClass: this.methodClass,
      wasSent: this.wasSent,
      ...(this.endpoint !== undefined && { endpoint: this.endpoint }),
    };
  }
}
