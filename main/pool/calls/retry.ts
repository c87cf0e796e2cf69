/**
 * How often a method may run, when nobody knows whether it was carried out.
 * - `read`: changes nothing; may be repeated, elsewhere too.
 * - `idempotent`: changes something, and the second time makes no difference.
 * - `once`: everything else. The second time could do harm (another reboot), undo what somebody did in between, or fail
 *   with a sentence that hides the success of the first. Never repeated without asking.
 *
 * The table from method to class belongs to the caller; an unknown method is `once`.
 */
export type MethodClass = 'read' | 'idempotent' | 'once';

/**
 * How a try on one connection ended.
 * `answered`: the server gave a status. `lost`: the connection ended or went silent. `deadline`, `cancelled`: ours.
 */
export type Ending = 'answered' | 'lost' | 'deadline' | 'cancelled';

/** Whether the request left us: `false` is proven, `true` is proven by an answer, everything else is `unknown`. */
export type WasSent = boolean | 'unknown';

/** What the decision depends on. */
export interface RetryFacts {
  readonly methodClass: MethodClass;
  readonly ending: Ending;
  readonly wasSent: WasSent;
  /** Tries of this call that were or may have been sent, this one included. */
  readonly sentTries: number;
  /** Tries that provably were not sent, this one included. */
  readonly unsentTries: number;
  readonly endpoints: number;
}

/**
 * May the call be tried on another connection? Only what cannot do harm: a call that never left us, or a lost call that
 * may run twice. A status from the server is an answer, also `unavailable`: it may be about a node, not the endpoint.
 */
export function mayTryAgain(facts: RetryFacts): boolean {
  if (facts.ending !== 'lost') return false;
  // The bounds end a fight with a server that accepts and drops; the deadline ends everything else.
  if (facts.wasSent === false) return facts.unsentTries < 3 * facts.endpoints + 3;
  if (facts.methodClass === 'once') return false;
  // One more than endpoints: after a sleep every old connection is dead, and a new one works.
  return facts.sentTries <= facts.endpoints;
}
