import { status as grpcStatus, type MethodDefinition } from '@grpc/grpc-js';
import { decoding } from './call-error.ts';
import type { CallOptions, UnaryAnswer } from './call-options.ts';
import type { Connection } from '../connections.ts';
import { Deadline } from './deadline.ts';
import { hedgedTry, type HedgedCall } from './hedged-try.ts';
import { Tries, type CallContext } from './tries.ts';
import { UnaryTry, type TryOutcome } from './unary-try.ts';

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
  const sticky = tries.methodClass === 'once';
  const wire = () => ({
    path: method.path,
    payload,
    metadata: options.metadata,
    remainingMs: deadline.remainingMs,
    sticky,
  });
  const call = { wire, options, tries, context };
  const done = context.connections.use(tries.methodClass);
  try {
    const overdueMs = context.connections.size > 1 ? overdueAfterMs(call) : undefined;
    for (let isFirst = true; ; isFirst = false) {
      const { avoid, startedAtMs } = tries;
      const { signal } = options;
      const found = await context.connections.acquire({ deadline, startedAtMs, signal, avoid });
      if (typeof found === 'string') throw tries.noConnection(found);
      // It may have ended between being chosen and now, or nobody wants it any more: a promise lies between.
      if (!found.link.isReady || signal?.aborted === true) continue;
      tries.endpoint = found.shell.endpoint;
      options.onEndpoint?.(found.shell.endpoint);
      const { shell, end, reply } = await (overdueMs !== undefined && isFirst
        ? hedgedTry(found, overdueMs, call)
        : plainTry(found, call));
      if (end.ending === 'answered' && end.status.code === grpcStatus.OK && reply !== undefined) {
        return {
          value: decoding(method.path, () => method.responseDeserialize(reply)),
          endpoint: shell.endpoint,
          durationMs: deadline.elapsedMs,
        };
      }
      if (!tries.mayTryAgain(end, shell)) throw tries.failed(end, shell);
    }
  } finally {
    done();
  }
}

const overdueAfterMs = ({ tries, options, context }: HedgedCall): number | undefined =>
  context.hedging.overdueAfterMs(tries.methodClass, tries.path, options.about ?? '');

/** One try. Resolves when it is over, however. */
const plainTry = (found: Connection, { wire, options, context }: HedgedCall): Promise<TryOutcome> =>
  new Promise((resolve) => {
    new UnaryTry(found, wire(), options, context, resolve);
  });
