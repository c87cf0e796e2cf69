import type { Failure, NodeState } from '../../../preload/contract/index.ts';

/** What is the case with a node, before it is asked whether that has lasted. */
export type Condition = Exclude<NodeState, 'unstable'>;

/**
 * Whether a node answers, since when, and how it calls itself. Times are epoch milliseconds. It never changes: each event makes
 * another one.
 */
export interface NodeRecord {
  readonly condition: Condition;
  /** Since when the condition is as it is. Missing while nothing is known. */
  readonly sinceMs?: number;
  /** The last condition that was no `unknown`, and when it last changed into another such. */
  readonly lastKnown?: Condition;
  readonly changedAtMs?: number;
  /** Changed there and back within {@link STEADY_MS}: its condition counts only once it has lasted until then. */
  readonly unstableUntilMs?: number;
  /** Since when it has been changing. */
  readonly unstableSinceMs?: number;
  readonly seenAtMs?: number;
  readonly notReachedSinceMs?: number;
  /** Last time somebody found that it does not answer. */
  readonly failedAtMs?: number;
  readonly failure?: Failure;
}

/** A node of which nothing is known. */
export const NEW_RECORD: NodeRecord = { condition: 'unknown' };

/** A condition that lasted so long is steady: the next change of it is news and no flicker. */
export const STEADY_MS = 10_000;

/** The node answered. `isWell` is what its own word makes of it; undefined while it has not said. */
export function answered(record: NodeRecord, atMs: number, isWell: boolean | undefined): NodeRecord {
  const { notReachedSinceMs: _since, failedAtMs: _failedAt, failure: _failure, ...rest } = record;
  const condition = isWell === undefined ? 'unknown' : isWell ? 'well' : 'unwell';
  const seenAtMs = Math.max(atMs, record.seenAtMs ?? 0);
  return { ...changed(rest, condition, atMs), seenAtMs };
}

/**
 * The node does not answer, as was found at `atMs`; `sinceMs` where it is known that it has not for longer. It is so since the first
 * time of those that last until now, however often it is tried.
 */
export function notAnswered(record: NodeRecord, atMs: number, failure: Failure, sinceMs = atMs): NodeRecord {
  // An answer that came after the question was asked counts more.
  if (record.seenAtMs !== undefined && record.seenAtMs > atMs) return record;
  const notReachedSinceMs = record.notReachedSinceMs ?? Math.max(sinceMs, record.seenAtMs ?? 0);
  const next = changed(record, 'not-reached', atMs, notReachedSinceMs);
  return { ...next, notReachedSinceMs, failedAtMs: atMs, failure };
}

/** A node as it is to be shown at a moment, and whether that is too old to count. */
export function shownState(
  record: NodeRecord,
  nowMs: number,
  staleAfterMs: number,
): { readonly state: NodeState; readonly sinceMs?: number; readonly isStale: boolean } {
  const heardMs = Math.max(record.seenAtMs ?? -Infinity, record.failedAtMs ?? -Infinity);
  const isStale = nowMs - heardMs > staleAfterMs;
  if (isStale) {
    return { state: 'unknown', isStale, ...(Number.isFinite(heardMs) && { sinceMs: heardMs + staleAfterMs }) };
  }
  if (record.unstableUntilMs !== undefined && nowMs < record.unstableUntilMs) {
    const sinceMs = record.unstableSinceMs ?? record.sinceMs;
    return { state: 'unstable', isStale, ...(sinceMs !== undefined && { sinceMs }) };
  }
  return { state: record.condition, isStale, ...(record.sinceMs !== undefined && { sinceMs: record.sinceMs }) };
}

/** What is steady changes at once; what changes again before it was steady is shown as unstable until it has lasted. */
function changed(record: NodeRecord, to: Condition, atMs: number, sinceMs = atMs): NodeRecord {
  if (record.condition === to) return record;
  const { unstableUntilMs, unstableSinceMs, ...rest } = record;
  const next = { ...rest, condition: to, sinceMs };
  // What becomes known, or is not known for a moment, changes nothing; nor does silence before the first answer.
  if (to === 'unknown') return { ...record, condition: to, sinceMs };
  if (to === 'not-reached' && record.seenAtMs === undefined) return next;
  const isChange = record.lastKnown !== undefined && record.lastKnown !== to;
  const isUnsteady = unstableUntilMs !== undefined && atMs < unstableUntilMs;
  if (!isChange && !isUnsteady) return { ...next, lastKnown: to };
  const isFlicker = record.changedAtMs !== undefined && atMs - record.changedAtMs < STEADY_MS;
  return {
    ...next,
    lastKnown: to,
    changedAtMs: isChange ? atMs : (record.changedAtMs ?? atMs),
    ...((isUnsteady || isFlicker) && {
      unstableUntilMs: isChange ? atMs + STEADY_MS : (unstableUntilMs ?? atMs + STEADY_MS),
      unstableSinceMs: (isUnsteady ? unstableSinceMs : undefined) ?? record.changedAtMs ?? atMs,
    }),
  };
}
