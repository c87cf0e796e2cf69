import { randomBytes } from 'node:crypto';
import type { Failure, FailureCode, FailureSite, Retry } from '../../preload/contract/index.ts';

/** What a thrower must say; the rest of a {@link Failure} has defaults. */
export interface FailureParts {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
  readonly where?: FailureSite;
  readonly details?: string;
  readonly retry?: Retry;
}

/** Short random id that ties what the user sees to the log. */
export const newTraceId = (): string => randomBytes(6).toString('hex');

/** Builds a Failure; `retry` defaults to `never`. */
export function failure(parts: FailureParts): Failure {
  return { retry: 'never', traceId: newTraceId(), ...parts };
}

/** The error that carries a Failure inside main. The IPC server turns it into a value. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;

  constructor(parts: FailureParts | Failure, cause?: unknown) {
    super(parts.message, cause === undefined ? undefined : { cause });
    this.failure = failure(parts);
  }
}

/** True for the abort of a signal: AbortError, or a Failed with code `cancelled`. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof Failed) return error.failure.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
