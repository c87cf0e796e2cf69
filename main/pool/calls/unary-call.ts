import { status as grpcStatus, type MethodDefinition } from '@grpc/grpc-js';
import { decoding } from './call-error.ts';
import type { CallOptions, UnaryAnswer } from './call-options.ts';
import type { Connection } from '../connections.ts';
import { Deadline } from './deadline.ts';
import { Tries, type CallContext } from './tries.ts';
import { TryCall, type TryEnd } from './try-call.ts';

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
  const done = context.connections.use(tries.methodClass);
  try {
    for (;;) {
      const { avoid, startedAtMs, methodClass } = tries;
      const { signal } = options;
      const found = await context.connections.acquire({ deadline, startedAtMs, methodClass, signal, avoid });
      if (typeof found === 'string') throw tries.noConnection(found);
      // It may have ended between being chosen and now: a promise lies between.
      if (!found.link.isReady) continue;
      tries.endpoint = found.shell.endpoint;
      options.onEndpoint?.(found.shell.endpoint);
      const { end, reply } = await unaryTry(found, tries, payload, deadline, options, context);
      if (end.ending === 'answered' && end.status.code === grpcStatus.OK && reply !== undefined) {
        return {
          value: decoding(method.path, () => method.responseDeserialize(reply)),
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
