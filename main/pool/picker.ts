/** One endpoint as the picker sees it. */
export interface Candidate {
  readonly readiness: 'use' | 'wait' | 'down' | 'off';
  /** Measured round trip; unknown before the first answer. */
  readonly roundTripMs?: number;
  /** Calls running on it now. */
  readonly activeCalls: number;
}

/** An immutable picture of all endpoints, in the pool's own (shuffled) order. */
export interface Snapshot {
  readonly candidates: readonly Candidate[];
  /** Counts picks: round robin while nothing is measured. */
  readonly turn: number;
}

/** `use` that one, `wait` for one that is connecting, or `refuse`: all are down or off. */
export type Pick = { readonly kind: 'use'; readonly index: number } | { readonly kind: 'wait' | 'refuse' };

/** Below this, round trips count as equal: load decides, not noise. */
export const EQUAL_ROUND_TRIP_MS = 5;

/** One pick in this many ignores the measurements, so that an endpoint that was slow once is measured again. */
export const EXPLORE_EVERY = 32;

/** Expected wait behind the calls already there. Without a measurement the endpoint is taken to be as quick as `guessMs`. */
export const cost = (candidate: Candidate, guessMs: number): number =>
  (candidate.activeCalls + 1) * Math.max(candidate.roundTripMs ?? guessMs, EQUAL_ROUND_TRIP_MS);

/**
 * Chooses an endpoint for one call. Pure. `avoid` holds endpoints this call already failed on; they are used again only
 * if nothing else is ready, and with `mayWait` not before something else that connects. `random` is called at most three times and answers in [0, 1).
 *
 * Nothing measured yet: in turn. Then the better of two random ones wins (power of two choices); one that was never
 * measured counts as quick as the quickest, so that it soon is.
 */
export function pick(snapshot: Snapshot, avoid: ReadonlySet<number>, random: () => number, mayWait = false): Pick {
  const { candidates, turn } = snapshot;
  const ready = candidates.flatMap((candidate, index) => (candidate.readiness === 'use' ? [{ candidate, index }] : []));
  if (ready.length === 0) return { kind: candidates.some((c) => c.readiness === 'wait') ? 'wait' : 'refuse' };
  const fresh = ready.filter(({ index }) => !avoid.has(index));
  const isOtherComing = candidates.some(({ readiness }, index) => readiness === 'wait' && !avoid.has(index));
  if (fresh.length === 0 && mayWait && isOtherComing) return { kind: 'wait' };
  const choice = fresh.length > 0 ? fresh : ready;
  const guessMs = Math.min(...choice.map(({ candidate }) => candidate.roundTripMs ?? Infinity));
  const inTurn = choice[turn % choice.length] ?? ready[0];
  if (!inTurn) return { kind: 'refuse' };
  if (choice.length === 1 || guessMs === Infinity) return { kind: 'use', index: inTurn.index };

  const at = (share: number, length: number): number => Math.min(Math.floor(share * length), length - 1);
  const first = at(random(), choice.length);
  const a = choice[first] ?? inTurn;
  if (random() < 1 / EXPLORE_EVERY) return { kind: 'use', index: a.index };
  const other = at(random(), choice.length - 1);
  const b = choice[other < first ? other : other + 1] ?? a;
  return { kind: 'use', index: cost(b.candidate, guessMs) < cost(a.candidate, guessMs) ? b.index : a.index };
}
