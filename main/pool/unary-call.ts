import { status as grpcStatus, type MethodDefinition } from '@grpc/grpc-js';
import type { Clock } from '../lib/clock.ts';
import { AllEndpointsDown, PoolCallError, serviceError, type CallCause } from './call-error.ts';
import type { CallOptions, UnaryAnswer } from './call-options.ts';
import type { Connection, Connections, NoConnection } from './connections.ts';
import { Deadline } from './deadline.ts';
import type { EndpointShell } from './endpoint-shell.ts';
import { mayTryAgain, type MethodClass, type WasSent } from './retry.ts';
import { errorCode } from './transport-failure.ts';
import { TryCall, type TryEnd } from './try-call.ts';

/** What a call runs on. */
export interface CallContext {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly methodClass: (path: string) => MethodClass;
  /** After numbers of an endpoint changed. */
  readonly onActivity: () => void;
}

/** Bookkeeping of one operation over all its tries; unary calls and streams share it. */
export class Tries {
  readonly path: string;
  readonly methodClass: MethodClass;
  readonly avoid = new Set<EndpointShell>();
  endpoint: string | undefined;
  wasSent: WasSent = false;
  readonly #context: CallContext;
  #sent = 0;
  #unsent = 0;

  constructor(path: string, context: CallContext) {
    this.path = path;
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
      return this.error({ kind: this.#context.connections.isClosed ? 'closed' : 'cancelled' });
    }
    const code = errorCode(end.status.details);
    const details = end.status.details;
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

/** Runs a unary call: chooses a connection, and another one if that can do no harm. */
export async function unaryCall<Q, A>(
  method: MethodDefinition<Q, A>,
  request: Q,
  options: CallOptions,
  context: CallContext,
): Promise<UnaryAnswer<A>> {
  const payload = method.requestSerialize(request);
  const deadline = new Deadline(context.clock, options.deadlineMs);
  const tries = new Tries(method.path, context);
  const done = context.connections.use();
  try {
    for (;;) {
      const found = await context.connections.acquire({ deadline, signal: options.signal, avoid: tries.avoid });
      if (typeof found === 'string') throw tries.noConnection(found);
      tries.endpoint = found.shell.endpoint;
      options.onEndpoint?.(found.shell.endpoint);
      const { end, reply } = await unaryTry(found, tries, payload, deadline, options, context);
      if (end.ending === 'answered' && end.status.code === grpcStatus.OK && reply !== undefined) {
        return {
          value: method.responseDeserialize(reply),
          endpoint: found.shell.endpoint,
          durationMs: deadline.elapsedMs,
        };
      }
      if (!tries.mayTryAgain(end, found.shell)) throw tries.failed(end, found.shell);
    }
  } finally {
    done();
  }
}

/** One try. Resolves when it is over, however. */
function unaryTry(
  { shell, link }: Connection,
  tries: Tries,
  payload: Buffer,
  deadline: Deadline,
  { metadata, signal }: CallOptions,
  { clock, onActivity }: CallContext,
): Promise<{ end: TryEnd; reply: Buffer | undefined }> {
  const { promise, resolve } = Promise.withResolvers<{ end: TryEnd; reply: Buffer | undefined }>();
  const startedMs = clock.monotonic();
  let reply: Buffer | undefined;
  const wire = {
    path: tries.path,
    payload,
    metadata,
    remainingMs: deadline.remainingMs,
    sticky: tries.methodClass === 'once',
  };
  const call = new TryCall(link, wire, {
    onMessage: (message) => {
      reply = message;
    },
    onEnd: (end) => {
      signal?.removeEventListener('abort', cancel);
      shell.record.callEnded();
      shell.waiting(link, -1);
      if (end.ending === 'answered') {
        if (tries.methodClass === 'read') shell.record.measured(clock.monotonic() - startedMs);
        shell.answered(link);
      }
      onActivity();
      resolve({ end, reply });
    },
  });
  const cancel = (): void => {
    call.cancel();
  };
  signal?.addEventListener('abort', cancel, { once: true });
  shell.record.callStarted();
  shell.waiting(link, 1);
  onActivity();
  call.read();
  return promise;
}
