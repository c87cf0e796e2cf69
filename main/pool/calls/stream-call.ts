import { status as grpcStatus, type MethodDefinition } from '@grpc/grpc-js';
import { pause } from '../../lib/pause.ts';
import { backoffMs } from '../../lib/backoff.ts';
import { overBulk } from './bulk-link.ts';
import { decoding } from './call-error.ts';
import type { PoolStream, StreamItem, StreamOptions } from './call-options.ts';
import type { Connection } from '../connections.ts';
import { Deadline } from './deadline.ts';
import { StreamTry } from './stream-try.ts';
import { Tries, type CallContext } from './tries.ts';
import type { TryEnd } from './try-call.ts';

/** A stream of answers that goes on at another endpoint when its connection breaks, if the caller can say from where. */
export function streamCall<Q, A>(
  method: MethodDefinition<Q, A>,
  request: Q,
  options: StreamOptions<Q, A>,
  context: CallContext,
): PoolStream<A> {
  return new ResumingStream(method, request, options, context);
}

interface Break {
  readonly from: string;
  readonly atMs: number;
}

class ResumingStream<Q, A> implements PoolStream<A> {
  readonly #method: MethodDefinition<Q, A>;
  readonly #options: StreamOptions<Q, A>;
  readonly #context: CallContext;
  readonly #tries: Tries;
  readonly #stop = new AbortController();
  #request: Q;
  #last: { readonly value: A } | undefined;
  #items = 0;
  #endedByReader = false;

  constructor(method: MethodDefinition<Q, A>, request: Q, options: StreamOptions<Q, A>, context: CallContext) {
    this.#method = method;
    this.#request = request;
    this.#options = options;
    this.#context = context;
    this.#tries = new Tries(method.path, context);
    for (const shell of context.connections.named(options.avoid ?? [])) this.#tries.avoid.add(shell);
  }

  get endpoint(): string | undefined {
    return this.#tries.endpoint;
  }

  cancel(): void {
    this.#endedByReader = true;
    this.#stop.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamItem<A>, void, undefined> {
    const { clock, connections, limits } = this.#context;
    const { signal } = this.#options;
    const stop = (): void => {
      this.#stop.abort();
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    const done = connections.use(this.#tries.methodClass);
    const deadline = new Deadline(clock, this.#options.deadlineMs);
    let broken: Break | undefined;
    let quickBreaks = 0;
    try {
      for (;;) {
        // One that breaks again and again while its connection stands would be asked for without a pause.
        if (quickBreaks > 1) {
          const waitMs = backoffMs(quickBreaks - 1, 0.5, limits.streamBackoff);
          await pause(this.#context.clock, Math.min(waitMs, deadline.remainingMs), this.#stop.signal);
        }
        const found = await this.#connect(deadline, broken !== undefined);
        if (!found) return;
        // It may have ended between being chosen and now: a promise lies between.
        if (!found.link.isReady) continue;
        if (broken) yield this.#gap(broken, found);
        // The reader may have thought better of it at the gap.
        if (this.#stop.signal.aborted) continue;
        const itemsBefore = this.#items;
        const startedMs = clock.monotonic();
        const end = yield* this.#runOn(found, deadline);
        if (end.ending === 'answered' && end.status.code === grpcStatus.OK) return;
        if (this.#endedByReader && end.ending === 'cancelled') return;
        if (!this.#tries.mayTryAgain(end, found.shell) || !this.#continue()) throw this.#tries.failed(end, found.shell);
        quickBreaks = clock.monotonic() - startedMs < limits.streamSteadyMs ? quickBreaks + 1 : 0;
        // A try that brought nothing only prolongs the break before it. Of what brings only news, some may be missed all the same.
        const mayHaveStood = this.#options.isOnlyNew === true && end.wasSent !== false;
        if (this.#items > itemsBefore || (mayHaveStood && broken === undefined))
          broken = { from: found.shell.endpoint, atMs: clock.monotonic() };
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      done();
    }
  }

  /** Undefined: the reader cancelled meanwhile. */
  async #connect(deadline: Deadline, resuming: boolean): Promise<Connection | undefined> {
    const { connections, clock, limits } = this.#context;
    const patienceMs = this.#options.resumeWithinMs ?? limits.resumeWithinMs;
    const found = await connections.acquire({
      deadline,
      signal: this.#stop.signal,
      startedAtMs: this.#tries.startedAtMs,
      avoid: this.#tries.avoid,
      ...(resuming && { patience: new Deadline(clock, patienceMs) }),
    });
    if (typeof found === 'object') return found;
    if (found === 'cancelled' && this.#endedByReader) return undefined;
    throw this.#tries.noConnection(found);
  }

  /** Everything one connection brings; returns how it ended. */
  async *#runOn(found: Connection, deadline: Deadline): AsyncGenerator<StreamItem<A>, TryEnd, undefined> {
    if (this.#options.channel !== 'bulk') return yield* this.#read(found, deadline);
    return yield* overBulk({
      found,
      signal: this.#stop.signal,
      connections: this.#context.connections,
      run: (over) => this.#read(over, deadline),
    });
  }

  async *#read(found: Connection, deadline: Deadline): AsyncGenerator<StreamItem<A>, TryEnd, undefined> {
    const { path } = this.#method;
    this.#tries.endpoint = found.shell.endpoint;
    this.#options.onEndpoint?.(found.shell.endpoint);
    const wire = {
      path,
      payload: this.#method.requestSerialize(this.#request),
      metadata: this.#options.metadata,
      remainingMs: deadline.remainingMs,
      sticky: this.#tries.methodClass === 'once',
      canMove: () => this.#items === 0 || this.#options.resume !== undefined,
    };
    const { gather } = this.#options;
    const stream = new StreamTry(found, wire, this.#context.onActivity);
    const cancel = (): void => {
      stream.cancel();
    };
    this.#stop.signal.addEventListener('abort', cancel, { once: true });
    try {
      for (;;) {
        let value: A;
        if (gather) {
          const next = await stream.nextGathered(this.#context.clock, gather.forMs());
          if ('ending' in next) return next;
          value = decoding(path, () => gather.join(next.map((message) => this.#method.responseDeserialize(message))));
        } else {
          const next = await stream.next();
          if (!Buffer.isBuffer(next)) return next;
          value = decoding(path, () => this.#method.responseDeserialize(next));
        }
        this.#last = { value };
        this.#items += 1;
        this.#tries.progressed();
        if (this.#endedByReader) continue;
        yield { type: 'item', value };
      }
    } finally {
      // Also reached when the reader leaves its loop: the server must not go on sending.
      this.#stop.signal.removeEventListener('abort', cancel);
      stream.cancel();
    }
  }

  /** Sets the request that continues; false if there is none. A stream that brought nothing yet just starts again. */
  #continue(): boolean {
    if (!this.#last) return true;
    const request = this.#options.resume?.(this.#last.value, this.#items);
    if (request === undefined) return false;
    this.#request = request;
    return true;
  }

  #gap(broken: Break, found: Connection): StreamItem<A> {
    const gapMs = this.#context.clock.monotonic() - broken.atMs;
    return { type: 'gap', from: broken.from, to: found.shell.endpoint, gapMs };
  }
}
