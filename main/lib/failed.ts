import { randomBytes } from 'node:crypto';
import type { Failure, FailureCode, FailureSite, Retry } from '../../preload/contract/index.ts';
import { redactText } from './redact.ts';
import { visible, visibleText } from './visible.ts';

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
const newTraceId = (): string => randomBytes(6).toString('hex');

/**
 * Builds a Failure; `retry` defaults to `never`. Its sentences hold words of files, nodes and servers: unseen signs in them
 * are written out, and what signs in somewhere is taken out. `where` names things as they are.
 */
export function failure(parts: FailureParts): Failure {
  const { message, hint, details } = parts;
  return {
    retry: 'never',
    traceId: newTraceId(),
    ...parts,
    message: visible(redactText(message)),
    ...(hint !== undefined && { hint: visible(redactText(hint)) }),
    ...(details !== undefined && { details: visibleText(redactText(details)) }),
  };
}

/** The error that carries a Failure inside main. The IPC server turns it into a value. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;

  constructor(parts: FailureParts | Failure, cause?: unknown) {
    const made = failure(parts);
    super(made.message, cause === undefined ? undefined : { cause });
    this.failure = made;
  }
}

/** True for the abort of a signal: AbortError, or a Failed with code `cancelled`. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof Failed) return error.failure.code === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
