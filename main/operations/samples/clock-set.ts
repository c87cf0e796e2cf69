import { cpuTime } from './measure.ts';
import type { Reading } from './reading.ts';

/** Setting a clock moves it by more than this; a time server that only trims it, by less. */
const STEP_MS = 50;
/** What a node counts of its processors' time is not to the millisecond. */
const SLACK_MS = 2_000;

/**
 * What happened to this computer's clock between two readings of a node. `set`: it was moved by so much. `slept`: the computer slept, which
 * looks the same from here, since sleep is not counted by the clock that never goes back; the node counted on.
 */
export type ClockChange = 'none' | 'slept' | { readonly byMs: number };

/** Compares both clocks of here and, where these differ, the time that the node's processors counted. */
export function clockChange(before: Reading, now: Reading): ClockChange {
  const elapsedMs = now.monotonicMs - before.monotonicMs;
  const byMs = now.atMs - before.atMs - elapsedMs;
  if (Math.abs(byMs) < STEP_MS) return 'none';
  const countedMs = countedBetween(before, now);
  return countedMs !== undefined && countedMs < 2 * elapsedMs + SLACK_MS ? { byMs } : 'slept';
}

/** Time that passed on the node; undefined when it does not say, or has booted. */
function countedBetween({ system: before }: Reading, { system: now }: Reading): number | undefined {
  const processors = now?.cpu.length ?? 0;
  if (!before?.cpu_total || !now?.cpu_total || processors === 0) return undefined;
  const seconds = (cpuTime(now.cpu_total).total - cpuTime(before.cpu_total).total) / processors;
  return seconds >= 0 ? seconds * 1000 : undefined;
}
