/** One endpoint as the picker sees it. */
export interface Candidate {
  readonly readiness: 'use' | 'wait' | 'down' | 'off';
  /** Measured round trip; unknown before the first answer. */
  readonly roundTripMs?: number | undefined;
  /** Calls running on it now. */
  readonly activeCalls: number;
  /** An answer was overdue, and nothing came from it since: used only if nothing else is ready. */
  readonly isDoubted: boolean;
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
const EQUAL_ROUND_TRIP_MS = 5;

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
  const { ready, fresh, isComing, isOtherComing } = sorted(candidates, avoid);
  if (ready.length === 0) return { kind: isComing ? 'wait' : 'refuse' };
  if (fresh.length === 0 && mayWait && isOtherComing) return { kind: 'wait' };
  const choice = fresh.length > 0 ? fresh : ready;
  const use = (position: number): Pick => ({ kind: 'use', index: choice[position] ?? choice[0] ?? 0 });
  if (choice.length === 1) return use(0);
  let guessMs = Infinity;
  for (const index of choice) guessMs = Math.min(guessMs, candidates[index]?.roundTripMs ?? Infinity);
  if (guessMs === Infinity) return use(turn % choice.length);

  const at = (share: number, length: number): number => Math.min(Math.floor(share * length), length - 1);
  const first = at(random(), choice.length);
  if (random() < 1 / EXPLORE_EVERY) return use(first);
  const other = at(random(), choice.length - 1);
  const second = other < first ? other : other + 1;
  const costOf = (position: number): number => {
    const candidate = candidates[choice[position] ?? 0];
    return candidate ? cost(candidate, guessMs) : Infinity;
  };
  return use(costOf(second) < costOf(first) ? second : first);
}

/** Positions of the endpoints that can be used, and of those among them that are not doubted and that this call has not failed on. One pass: this runs for every call. */
function sorted(candidates: readonly Candidate[], avoid: ReadonlySet<number>) {
  const ready: number[] = [];
  const fresh: number[] = [];
  let isComing = false;
  let isOtherComing = false;
  candidates.forEach(({ readiness, isDoubted }, index) => {
    const isFresh = !isDoubted && !avoid.has(index);
    if (readiness === 'use') {
      ready.push(index);
      if (isFresh) fresh.push(index);
    } else if (readiness === 'wait') {
      isComing = true;
      isOtherComing ||= isFresh;
    }
  });
  return { ready, fresh, isComing, isOtherComing };
}
