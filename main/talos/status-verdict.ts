import type { FailureCode } from '../../preload/contract/index.ts';
import type { TalosMethod } from './methods.ts';

/** A failed call, with the words that its sentences are made of. */
export interface FailedCall {
  /** Whom we are connected to: its address, or "the endpoint". */
  readonly endpoint: string;
  /** The node that was asked through the endpoint; undefined when the endpoint was asked for itself. */
  readonly node: string | undefined;
  /** Whom the answer is about: the node, else the endpoint. */
  readonly subject: string;
  /** The subject's Talos version as it said it, where it is known: `v1.13.9`. */
  readonly version: string | undefined;
  /** `Version`. */
  readonly method: string;
  readonly facts: TalosMethod | undefined;
  /** Roles of our certificate, if they are known. */
  readonly roles: readonly string[] | undefined;
  /** It reads resources, whose type decides, too, who may. */
  readonly isResource: boolean;
  /** The other side's words in one short line, safe to show. */
  readonly text: string;
}

/**
 * Whether the request was carried out.
 * - `no`: certainly not; repeating is safe.
 * - `refused`: certainly not, and it will be refused again.
 * - `answered`: the node tried and reported an error; some of it may have happened.
 * - `unknown`: the answer was lost.
 */
export type Execution = 'no' | 'refused' | 'answered' | 'unknown';

/** What a status means. */
export interface Verdict {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint?: string;
  readonly executed: Execution;
}

/** A text of the other side and what it means; the first that matches decides. */
export interface Rule {
  readonly pattern: RegExp;
  readonly verdict: (call: FailedCall, match: RegExpExecArray) => Verdict;
}

/** The meaning of one gRPC status code. */
export interface CodeRules {
  readonly rules: readonly Rule[];
  readonly otherwise: (call: FailedCall) => Verdict;
}

/** The first rule whose pattern fits the status text, else what the code means without one. */
export function verdictOf(code: CodeRules, call: FailedCall, rawText: string): Verdict {
  for (const { pattern, verdict } of code.rules) {
    const match = pattern.exec(rawText);
    if (match !== null) return verdict(call, match);
  }
  return code.otherwise(call);
}
