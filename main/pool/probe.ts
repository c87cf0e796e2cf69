import type { Metadata, MethodDefinition, StatusObject } from '@grpc/grpc-js';
import type { Clock } from '../lib/clock.ts';
import type { Link } from './link.ts';
import { TryCall } from './calls/try-call.ts';

/** A cheap read that every server answers by itself; supplied by whoever knows the product. */
export interface Probe {
  readonly path: string;
  readonly payload: Buffer;
  readonly metadata: Metadata;
  /** What the answer says about the server's version, if it can be read. */
  readonly versionOf: (reply: Buffer) => string | undefined;
}

/** How a probe went. Any status is an answer: it proves that the connection works. */
export interface ProbeResult {
  readonly answered: boolean;
  readonly durationMs: number;
  readonly version?: string;
  /** The server's, if one came. */
  readonly status?: StatusObject;
}

/** Makes a {@link Probe} of a method and its request. */
export function probeOf<Q, A>(
  method: MethodDefinition<Q, A>,
  request: Q,
  metadata: Metadata,
  version: (reply: A) => string | undefined = () => undefined,
): Probe {
  return {
    path: method.path,
    payload: method.requestSerialize(request),
    metadata,
    versionOf: (reply) => version(method.responseDeserialize(reply)),
  };
}

/** An answer to a probe is some hundred bytes; a larger one proves the connection all the same and is not looked into. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Of what a server calls its version. */
const MAX_VERSION_LENGTH = 64;

/** Asks once. Never rejects; without an answer after `timeoutMs` the call is cancelled. */
export function runProbe(probe: Probe, link: Link, clock: Clock, timeoutMs: number): Promise<ProbeResult> {
  if (!link.isReady) return Promise.resolve({ answered: false, durationMs: 0 });
  const { promise, resolve } = Promise.withResolvers<ProbeResult>();
  const startedMs = clock.monotonic();
  let version: string | undefined;
  const call = new TryCall(
    link,
    { ...probe, remainingMs: timeoutMs * 2, sticky: false, isProbe: true },
    {
      onMessage: (reply) => {
        version = readVersion(probe, reply);
      },
      onEnd: ({ ending, wasSent, status }) => {
        cancelTimer();
        const durationMs = clock.monotonic() - startedMs;
        // What the server itself cancels was cancelled over a connection that works.
        const answered = ending === 'answered' || (ending === 'lost' && wasSent === true && link.isReady);
        resolve({ answered, durationMs, ...(version !== undefined && { version }), ...(answered && { status }) });
      },
    },
  );
  const cancelTimer = afterAwake(clock, timeoutMs, () => {
    call.cancel();
  });
  call.read();
  return promise;
}

const SLICES = 8;

/** As `clock.after`, in slices: a time in which this process stood still, and could read no answer, counts as one of them. */
function afterAwake(clock: Clock, delayMs: number, run: () => void): () => void {
  let slices = 0;
  let cancel = (): void => undefined;
  const next = (): void => {
    if (slices === SLICES) run();
    else cancel = clock.after(delayMs / SLICES, next);
    slices += 1;
  };
  next();
  return () => {
    cancel();
  };
}

function readVersion(probe: Probe, reply: Buffer): string | undefined {
  if (reply.length > MAX_ANSWER_BYTES) return undefined;
  try {
    return probe.versionOf(reply)?.slice(0, MAX_VERSION_LENGTH);
  } catch {
    // The reply is of no shape we know. It is an answer all the same, and that is what was asked.
    return undefined;
  }
}
