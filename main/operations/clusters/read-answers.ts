import { status as grpcStatus } from '@grpc/grpc-js';
import { Failed } from '../../lib/failed.ts';
import { PoolCallError, serviceError, UnreadableAnswer } from '../../pool/calls/call-error.ts';
import type { ProbeResult } from '../../pool/probe.ts';
import { methodName, methodOf } from '../../talos/methods.ts';
import type { Pinged } from './caller.ts';

/** Cheap, and of every Talos version. */
export const PING = '/machine.MachineService/Version';
/** Said by the endpoint of a node it does not reach; every other status is the node's own. */
const NOT_REACHED: ReadonlySet<grpcStatus> = new Set([
  grpcStatus.UNAVAILABLE,
  grpcStatus.CANCELLED,
  grpcStatus.DEADLINE_EXCEEDED,
]);

/** What an answer to PING says of the way to a node through that endpoint. */
export function pinged({ answered, durationMs, status }: ProbeResult, endpoint: string): Pinged {
  if (!answered || status === undefined) return { state: 'silent' };
  if (!NOT_REACHED.has(status.code)) return { state: 'answered', durationMs };
  const cause = { kind: 'status', error: serviceError(status) } as const;
  const error = new PoolCallError({ cause, method: PING, methodClass: 'read', wasSent: true, endpoint });
  return { state: 'unreachable', error };
}

/** A reply that cannot be read. Of a method that may not run twice, it is as good as a reply that was lost. */
export function unreadReply({ failure, cause }: Failed, path: string, subject: string | undefined): Error {
  const where = subject === undefined ? {} : { where: { node: subject } };
  if (methodOf(path)?.safety !== 'once') {
    // What is no message at all has words of its own; bounds say which one it was.
    if (failure.code === 'not-supported') return new UnreadableAnswer(path, new Error(failure.details));
    return new Failed({ ...where, ...failure }, cause);
  }
  const who = subject ?? 'the endpoint';
  return new Failed(
    {
      ...where,
      code: 'maybe-done',
      message: `The answer of ${who} to ${methodName(path)} cannot be read. It may have been carried out.`,
      hint: `Look at ${who} before you repeat it.`,
      details: failure.message,
      retry: 'ask',
    },
    cause,
  );
}
