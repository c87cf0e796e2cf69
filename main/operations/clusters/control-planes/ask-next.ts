import type { Failure, NodeSummary } from '../../../../preload/contract/index.ts';
import { Failed, isCancelled } from '../../../lib/failed.ts';
import { PoolCallError } from '../../../pool/calls/call-error.ts';
import { methodOf } from '../../../talos/methods.ts';
import type { MethodPath } from '../../../talos/method-types.ts';
import type { Caller } from '../caller.ts';
import { isEveryEndpointSilent } from '../words/all-endpoints.ts';

/** One question that any of several machines can answer. */
export interface Question<T> {
  readonly connection: Caller;
  /** Decides whether it may be asked again: what may run once is, only where it certainly was not carried out. */
  readonly method: MethodPath;
  /** In this order; undefined is the endpoint answering for itself. */
  readonly candidates: readonly (NodeSummary | undefined)[];
  readonly signal: AbortSignal;
  readonly ask: (node: string | undefined) => Promise<T>;
}

/** Nobody answered; one failure for each that was asked. */
export class NobodyAnswered extends Failed {
  readonly failures: readonly Failure[];

  constructor(failures: readonly Failure[], last: Failure, cause: unknown) {
    super(last, cause);
    this.failures = failures;
  }
}

/**
 * Asks one after another until one answers: a machine that was reset, is in maintenance mode, down or of another version says
 * nothing about the next one. Throws what a cancelled call throws, and {@link NobodyAnswered} with the first failure, or the
 * one that ends the search because the others would say the same.
 */
export async function askNext<T>(
  question: Question<T>,
): Promise<{ readonly value: T; readonly by: NodeSummary | undefined }> {
  const { connection, method, candidates, signal, ask } = question;
  const failures: Failure[] = [];
  let first: unknown;
  for (const candidate of candidates) {
    try {
      return { value: await ask(candidate?.target), by: candidate };
    } catch (error) {
      const failure = connection.explain(error, { node: candidate?.target });
      if (isCancelled(error) || failure.code === 'cancelled' || signal.aborted) throw error;
      failures.push(failure);
      first ??= error;
      if (!mayAskNext(method, failure, error)) throw new NobodyAnswered(failures, failure, error);
    }
  }
  const [main] = failures;
  if (main === undefined) throw new Failed({ code: 'not-found', message: 'No control plane is known.' });
  throw new NobodyAnswered(failures, main, first);
}

/** No endpoint leads anywhere, so no machine can be asked. */
function isNobodyThere({ reason, endpoint, reasons }: PoolCallError): boolean {
  if (reason.kind === 'closed' || reason.kind === 'all-down') return true;
  return reason.kind === 'deadline' && (endpoint === undefined || isEveryEndpointSilent(reasons));
}

/** What every machine of the cluster would say, too. */
const SAID_BY_ALL: ReadonlySet<Failure['code']> = new Set(['denied', 'unauthenticated']);

function mayAskNext(method: MethodPath, failure: Failure, error: unknown): boolean {
  if (SAID_BY_ALL.has(failure.code)) return false;
  if (error instanceof PoolCallError && isNobodyThere(error)) return false;
  if (methodOf(method)?.safety === 'read' || methodOf(method)?.safety === 'idempotent') return true;
  // A worker that does not have the method did nothing either.
  return failure.retry === 'safe' || (failure.code === 'not-supported' && failure.retry === 'never');
}
