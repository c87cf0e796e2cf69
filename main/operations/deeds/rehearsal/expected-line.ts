import type { RehearsedMachine } from '../../../../preload/contract/index.ts';
import type { Measured } from './measured.ts';

/** Reads, and calls that are answered at once. */
const MOMENTS_MS = 2_000;

/** A machine as it went in a rehearsal. */
export interface WentMachine {
  readonly node: string;
  readonly name: string;
  readonly state: RehearsedMachine['state'];
  /** What was done on it, in this order, and how long that takes, about, where that is more than moments. */
  readonly acts: readonly { readonly name: string; readonly expectMs: number | undefined }[];
  readonly text?: string;
}

/** Machines that follow each other, so many at a time. */
export interface WentLane {
  readonly machines: readonly WentMachine[];
  readonly atOnce: number;
}

/** The time line that is to be expected. */
export interface ExpectedLine {
  readonly machines: readonly RehearsedMachine[];
  /** Until the last machine of those whose acts are known. */
  readonly untilMs: number;
}

/**
 * When each machine has its turn, and how long its acts take on real machines: as it was measured, where it was, else as it is estimated. Pure.
 */
export function expectedLine(lanes: readonly WentLane[], measured: Measured | undefined): ExpectedLine {
  const machines: RehearsedMachine[] = [];
  let untilMs = 0;
  for (const { machines: ofLane, atOnce } of lanes) {
    // When each of its places is free again.
    const free = Array.from({ length: Math.max(1, atOnce) }, () => untilMs);
    for (const { acts, ...machine } of ofLane) {
      const steps = stepsOf(acts, measured);
      const place = free.indexOf(Math.min(...free));
      const fromMs = free[place] ?? 0;
      free[place] = fromMs + steps.reduce((sum, { expectedMs }) => sum + expectedMs, 0);
      machines.push({ ...machine, steps, ...(acts.length > 0 && { fromMs }) });
    }
    untilMs = Math.max(...free);
  }
  return { machines, untilMs };
}

const stepsOf = (acts: WentMachine['acts'], measured: Measured | undefined): RehearsedMachine['steps'] =>
  acts.map(({ name, expectMs = MOMENTS_MS }) => ({ name, expectedMs: measured?.byAct.get(name) ?? expectMs }));
