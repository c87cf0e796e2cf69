import type { Failure } from '../../preload/contract/index.ts';

/** A failure, for callers that prefer exceptions. */
export class OperationFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'OperationFailed';
    this.failure = failure;
  }
}

/** Turns whatever was thrown in the page into a failure that can be shown. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof OperationFailed) return thrown.failure;
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return {
    code: 'internal',
    message: 'Minos made a mistake while drawing this.',
    hint: 'Nothing was changed on the cluster. Try again, or read the details and report them.',
    details,
    retry: 'safe',
    traceId: 'page',
  };
}
