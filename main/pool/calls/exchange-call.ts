import { status as grpcStatus, type MethodDefinition } from '@grpc/grpc-js';
import type { Connection } from '../connections.ts';
import { overBulk } from './bulk-link.ts';
import { decoding, UnreadableAnswer } from './call-error.ts';
import type { PoolExchange, RequestStreamOptions, UnaryAnswer } from './call-options.ts';
import { Deadline } from './deadline.ts';
import { Outgoing } from './outgoing.ts';
import { StreamTry } from './stream-try.ts';
import { Tries, type CallContext } from './tries.ts';
import type { TryEnd } from './try-call.ts';

/**
 * A call in which both sides send messages. It moves to another endpoint only while nothing has left us; after that it is as
 * good as broken when its connection breaks, whatever the method: what the server made of our messages is not known.
 */
export function bidiStreamCall<Q, A>(
  method: MethodDefinition<Q, A>,
  messages: AsyncIterable<Q>,
  options: RequestStreamOptions,
  context: CallContext,
): PoolExchange<A> {
  return new Exchange(method, messages, options, context);
}

/** As {@link bidiStreamCall}, for a server that answers once, when it has everything or wants no more. */
export async function clientStreamCall<Q, A>(
  method: MethodDefinition<Q, A>,
  messages: AsyncIterable<Q>,
  options: RequestStreamOptions,
  context: CallContext,
): Promise<UnaryAnswer<A>> {
  const startedMs = context.clock.monotonic();
  const exchange = new Exchange(method, messages, options, context);
  let answer: { readonly value: A } | undefined;
  for await (const value of exchange) answer ??= { value };
  if (answer === undefined) throw new UnreadableAnswer(method.path, new Error('no message came'));
  return { ...answer, endpoint: exchange.endpoint ?? '', durationMs: context.clock.monotonic() - startedMs };
}

class Exchange<Q, A> implements PoolExchange<A> {
  readonly #method: MethodDefinition<Q, A>;
  readonly #options: RequestStreamOptions;
  readonly #context: CallContext;
  readonly #tries: Tries;
  readonly #outgoing: Outgoing<Q>;
  readonly #stop = new AbortController();
  #endedByReader = false;

  constructor(
    method: MethodDefinition<Q, A>,
    messages: AsyncIterable<Q>,
    options: RequestStreamOptions,
    context: CallContext,
  ) {
    this.#method = method;
    this.#options = options;
    this.#context = context;
    this.#tries = new Tries(method.path, context);
    this.#outgoing = new Outgoing(messages, method.requestSerialize);
  }

  get endpoint(): string | undefined {
    return this.#tries.endpoint;
  }

  cancel(): void {
    this.#endedByReader = true;
    this.#stop.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<A, void, undefined> {
    const { clock, connections } = this.#context;
    const { signal } = this.#options;
    const stop = (): void => {
      this.#stop.abort();
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const done = connections.use(this.#tries.methodClass);
    const deadline = new Deadline(clock, this.#options.deadlineMs);
    try {
      for (;;) {
        const { avoid, startedAtMs } = this.#tries;
        const found = await connections.acquire({
          deadline,
          startedAtMs,
          signal: this.#stop.signal,
          avoid,
        });
        if (found === 'cancelled' && this.#endedByReader) return;
        if (typeof found === 'string') throw this.#tries.noConnection(found);
        // It may have ended between being chosen and now: a promise lies between.
        if (!found.link.isReady) continue;
        const end = yield* this.#runOn(found, deadline);
        const { failure } = this.#outgoing;
        if (failure) throw failure.error;
        if (end.ending === 'answered' && end.status.code === grpcStatus.OK) return;
        if (this.#endedByReader && end.ending === 'cancelled') return;
        const mayMove = this.#tries.mayTryAgain(end, found.shell) && end.wasSent === false;
        if (!mayMove || !this.#outgoing.canRestart) throw this.#tries.failed(end, found.shell);
      }
    } finally {
      this.#outgoing.stop();
      signal?.removeEventListener('abort', stop);
      done();
    }
  }

  async *#runOn(found: Connection, deadline: Deadline): AsyncGenerator<A, TryEnd, undefined> {
    if (this.#options.channel !== 'bulk') return yield* this.#exchange(found, deadline);
    return yield* overBulk({
      found,
      signal: this.#stop.signal,
      connections: this.#context.connections,
      run: (over) => this.#exchange(over, deadline),
    });
  }

  async *#exchange(found: Connection, deadline: Deadline): AsyncGenerator<A, TryEnd, undefined> {
    this.#tries.endpoint = found.shell.endpoint;
    this.#options.onEndpoint?.(found.shell.endpoint);
    const wire = {
      path: this.#method.path,
      metadata: this.#options.metadata,
      remainingMs: deadline.remainingMs,
      sticky: this.#tries.methodClass === 'once',
      canMove: () => false,
    };
    const stream = new StreamTry(found, wire, this.#context.onActivity);
    const cancel = (): void => {
      stream.cancel();
    };
    if (this.#stop.signal.aborted) cancel();
    this.#stop.signal.addEventListener('abort', cancel, { once: true });
    void this.#outgoing.sendOn(stream);
    try {
      for (;;) {
        const next = await stream.next();
        if (!Buffer.isBuffer(next)) return next;
        const value = decoding(this.#method.path, () => this.#method.responseDeserialize(next));
        if (!this.#endedByReader) yield value;
      }
    } finally {
      // Also reached when the reader leaves its loop: the server must not go on.
      this.#stop.signal.removeEventListener('abort', cancel);
      stream.cancel();
    }
  }
}
