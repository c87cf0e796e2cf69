import type { Failure } from '../../../../preload/contract/index.ts';
import { assertNever } from '../../../lib/assert-never.ts';
import { Failed, failure, isCancelled, type FailureParts } from '../../../lib/failed.ts';
import { PoolCallError, UnreadableAnswer } from '../../../pool/calls/call-error.ts';
import { methodName, methodOf } from '../../../talos/methods.ts';
import { failureFromStatus } from '../../../talos/status.ts';
import { allDownParts, isEveryEndpointSilent, reasonsInWords } from './all-endpoints.ts';

/** Who was asked; only what is known. */
export interface CallSite {
  readonly context?: string | undefined;
  readonly node?: string | undefined;
  readonly endpoint?: string | undefined;
  /** How the node calls itself, if it is known; for sentences, where an address says little. */
  readonly nodeName?: string | undefined;
  /** The node's Talos version, if it is known. */
  readonly version?: string | undefined;
  /** Roles of our certificate, if they are known. */
  readonly roles?: readonly string[] | undefined;
}

/** Whatever a call over the pool threw, in words for the user. Unknown errors become `internal`. */
export function explainCall(error: unknown, site: CallSite): Failure {
  if (error instanceof Failed) return error.failure;
  if (error instanceof PoolCallError) return explainPoolError(error, site);
  if (isCancelled(error)) return cancelled(site);
  if (error instanceof UnreadableAnswer) return unreadable(error, site);
  const details = error instanceof Error ? error.message : String(error);
  return failure({ code: 'internal', message: 'Minos made a mistake while calling.', details, where: whereOf(site) });
}

function explainPoolError(error: PoolCallError, site: CallSite): Failure {
  const endpoint = error.endpoint ?? site.endpoint;
  const where = whereOf({ ...site, endpoint });
  const subject = site.nodeName ?? site.node ?? endpoint ?? 'the cluster';
  const { reason } = error;
  switch (reason.kind) {
    case 'status':
      return failureFromStatus(reason.error, { ...site, endpoint, method: error.method });
    case 'cancelled':
      return error.mayHaveHappened ? mayHaveHappened(error, subject, where) : cancelled({ ...site, endpoint });
    case 'transport':
      if (error.mayHaveHappened) return mayHaveHappened(error, subject, where);
      return { ...reason.failure, where: { ...where, ...reason.failure.where } };
    case 'deadline':
      if (error.mayHaveHappened) return mayHaveHappened(error, subject, where);
      return failure({ ...deadlineParts(error, subject), where, retry: 'safe' });
    case 'closed':
      if (error.mayHaveHappened) return mayHaveHappened(error, subject, where);
      return failure({
        code: 'cancelled',
        message: 'The connection was closed, because Minos ends or the context changed.',
        where,
        retry: 'safe',
      });
    case 'all-down':
      return failure({ ...allDownParts(error.reasons), where, retry: 'safe' });
    default:
      return assertNever(reason);
  }
}

/** The node did answer: a read may be repeated, a change was carried out as far as anybody knows. */
function unreadable({ method, cause }: UnreadableAnswer, site: CallSite): Failure {
  const subject = site.nodeName ?? site.node ?? site.endpoint ?? 'the cluster';
  return failure({
    code: 'not-supported',
    message: `The answer of ${subject} to ${methodName(method)} cannot be read.`,
    hint: 'Something in between may change answers, or the Talos version is one that Minos does not know.',
    where: whereOf(site),
    details: cause instanceof Error ? cause.message : String(cause),
    retry: (methodOf(method)?.safety ?? 'once') === 'once' ? 'ask' : 'safe',
  });
}

function mayHaveHappened(error: PoolCallError, subject: string, where: Failure['where']): Failure {
  return failure({
    code: 'maybe-done',
    message: `The answer of ${subject} to ${methodName(error.method)} was lost. It may have been carried out.`,
    hint: `Look at ${subject} before you repeat it.`,
    ...(where && { where }),
    details: error.message,
    retry: 'ask',
  });
}

function deadlineParts({ endpoint, reasons }: PoolCallError, subject: string): FailureParts {
  const details = reasonsInWords(reasons);
  const isSilent = isEveryEndpointSilent(reasons);
  if (endpoint === undefined || isSilent) {
    return {
      code: 'timeout',
      message: isSilent
        ? `No endpoint answers, so nothing is known about ${subject}.`
        : 'No endpoint was connected before the deadline.',
      hint: 'Look at the endpoints page for the cause of each.',
      ...(details !== '' && { details }),
    };
  }
  return {
    code: 'timeout',
    message: `${subject} did not answer before the deadline.`,
    hint: 'It may be down, overloaded or not reachable from the endpoint. Try it alone with a longer deadline.',
  };
}

function cancelled(site: CallSite): Failure {
  return failure({ code: 'cancelled', message: 'Cancelled.', where: whereOf(site), retry: 'safe' });
}

function whereOf(site: CallSite): NonNullable<Failure['where']> {
  return {
    ...(site.context !== undefined && { context: site.context }),
    ...(site.node !== undefined && { node: site.node }),
    ...(site.endpoint !== undefined && { endpoint: site.endpoint }),
  };
}
