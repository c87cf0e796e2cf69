import type { Figure } from './measure.ts';
import { aligned, rounded, type Result } from './report.ts';
import { median, pairedRatio } from './statistics.ts';

/** One figure of this checkout beside another one, which was measured twice. One sample of each per round. */
export interface Compared extends Result {
  readonly before: readonly number[];
  readonly beforeAgain: readonly number[];
}

/** Fewer rounds prove nothing. */
export const LEAST_ROUNDS = 5;

/** What is taken for no change: 5 %, and 15 % of what differs by more than 5 % from itself. */
const [STEADY, UNSTEADY] = [1.05, 1.15];

const moreIsBetter = ({ unit, atLeast }: Figure): boolean => atLeast !== undefined || unit === '/s' || unit === 'MiB/s';

/** How many times as slow (or large) `now` is as `before`: above 1 is worse, also for a rate. */
function timesWorse(figure: Figure, before: readonly number[], now: readonly number[]): number {
  return moreIsBetter(figure) ? pairedRatio(now, before) : pairedRatio(before, now);
}

/** The change, what chance alone makes of it (at least 1), and what is allowed. All are ratios. */
export function changeOf(compared: Compared): {
  readonly ratio: number;
  readonly itself: number;
  readonly most: number;
} {
  const { samples, before, beforeAgain } = compared;
  const again = timesWorse(compared, before, beforeAgain);
  const itself = Math.max(again, 1 / again);
  return { ratio: timesWorse(compared, before, samples), itself, most: itself > STEADY ? UNSTEADY : STEADY };
}

/** Whether a figure became worse by more than is allowed, in enough rounds to say so. */
export function isSlower(compared: Compared): boolean {
  const { ratio, most } = changeOf(compared);
  return compared.samples.length >= LEAST_ROUNDS && ratio > most;
}

/** Every figure before and now, as a Markdown table. */
export function comparison(all: readonly Compared[]): string {
  const rows = all.map((compared) => {
    const { ratio, itself, most } = changeOf(compared);
    const { name, unit, samples, before } = compared;
    const verdict = samples.length < LEAST_ROUNDS ? 'too few rounds' : isSlower(compared) ? 'worse' : 'kept';
    const medians = [before, samples].map((values) => `${rounded(median(values))} ${unit}`);
    return [name, ...medians, ratio.toFixed(3), itself.toFixed(3), most.toFixed(2), String(samples.length), verdict];
  });
  return aligned([['Figure', 'Before', 'Now', 'Ratio', 'Itself', 'Most', 'Rounds', 'Verdict'], ...rows]);
}
