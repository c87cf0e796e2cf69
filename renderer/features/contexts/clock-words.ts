import type { CertificateFacts, ClockState, NodeClock } from '../../../preload/contract/index.ts';
import { formatDuration, formatMoment, listOf } from '../../lib/format.ts';

/**
 * A clock that is further off is warned about. Machines that follow a time server differ by milliseconds, so a minute
 * means that one of them does not; it is also what it takes until ages and logs mislead and fresh certificates are refused.
 */
const CLOCK_WARNING_MS = 60_000;

/** Clocks this near to each other count as one. */
const AGREE_MS = 10_000;
/** Below this a difference is not worth a number. */
const SAME_MS = 1000;

/** A sentence about a clock that is off, and what it means. */
export interface ClockWarning {
  readonly title: string;
  readonly text: string;
}

/** `cp-1 is 3 min ahead`. */
function difference({ node, aheadMs }: NodeClock): string {
  const off = Math.abs(aheadMs);
  return `${node} is ${formatDuration(off < 10 * SAME_MS ? off : Math.round(off / SAME_MS) * SAME_MS)} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
}

/** One line per clock that is off, or one for all that agree. What is not known is said to be unknown. */
export function clockFact(state: ClockState | undefined, isInUse: boolean): string {
  if (!isInUse) return 'not measured: this window works on another context';
  if (state === undefined || state.status === 'measuring') return 'being measured';
  if (state.status === 'unknown') return `not known${state.failure ? `: ${state.failure.message}` : ''}`;
  const same = state.clocks.filter(isSame);
  const others = state.clocks.filter((clock) => !isSame(clock));
  return [
    ...others.map(
      (clock) => `${difference(clock)}${clock.errorMs < SAME_MS ? '' : ` (± ${formatDuration(clock.errorMs)})`}`,
    ),
    ...(same.length === 0 ? [] : [`${listOf(same.map(({ node }) => node))}: as this computer's`]),
  ].join('\n');
}

const isSame = ({ aheadMs, errorMs }: NodeClock): boolean => Math.abs(aheadMs) <= Math.max(SAME_MS, errorMs);

/** The clocks that are surely off by more than {@link CLOCK_WARNING_MS}; undefined while none is. */
export function skewWarning(state: ClockState | undefined): ClockWarning | undefined {
  const off = (state?.clocks ?? []).filter(({ aheadMs, errorMs }) => Math.abs(aheadMs) - errorMs > CLOCK_WARNING_MS);
  const [worst] = off.toSorted((a, b) => Math.abs(b.aheadMs) - Math.abs(a.aheadMs));
  if (worst === undefined) return undefined;
  const all = state?.clocks ?? [];
  const agree = all.length > 1 && all.every(({ aheadMs }) => Math.abs(aheadMs - worst.aheadMs) <= AGREE_MS);
  const whose = agree
    ? `${listOf(all.map(({ node }) => node))} agree with each other, so it is probably this computer's clock that is wrong.`
    : 'Set the one that is wrong; a time server keeps both right.';
  return {
    title: `The clock of ${difference(worst)}${worst.aheadMs > 0 ? ' of' : ''} this computer's`,
    text: `Ages and times are off by as much, and certificates begin and end at other times for the cluster than here. ${whose}`,
  };
}

/** Where the nodes judge the certificate otherwise than this computer does. */
export function validityWarnings(
  { notBeforeMs, notAfterMs }: CertificateFacts,
  state: ClockState | undefined,
  nowMs: number,
): readonly string[] {
  const stage = (atMs: number): 'early' | 'valid' | 'late' =>
    atMs < notBeforeMs ? 'early' : atMs < notAfterMs ? 'valid' : 'late';
  return (state?.clocks ?? []).flatMap(({ node, aheadMs }) => {
    const there = stage(nowMs + aheadMs);
    if (there === stage(nowMs)) return [];
    if (there === 'early')
      return [
        `By the clock of ${node} it begins only at ${formatMoment(notBeforeMs)}; until then ${node} may refuse it.`,
      ];
    if (there === 'late') return [`By the clock of ${node} it has ended already, so ${node} may refuse it.`];
    return [`By the clock of ${node} it is valid now: this computer's clock is the one that says otherwise.`];
  });
}
