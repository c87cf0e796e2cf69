import type { Failure } from '../failure.ts';

/** Something that is done on a machine in a rehearsal. */
export interface RehearsedStep {
  /** As the deed itself names it: `Waits until it is back`. */
  readonly name: string;
  /** So long it takes on a real machine, about, ms. */
  readonly expectedMs: number;
}

/** A machine of a plan that is rehearsed. */
export interface RehearsedMachine {
  /** As the plan names it. */
  readonly node: string;
  readonly name: string;
  /** `left`: its turn did not come. */
  readonly state: 'waiting' | 'doing' | 'done' | 'failed' | 'left';
  /** From the beginning of the deed until its turn, ms, as it is to be expected; missing while that is not known. */
  readonly fromMs?: number;
  /** In their order; those that were not needed are missing. */
  readonly steps: readonly RehearsedStep[];
  /** Why it failed, a sentence or two. Unseen signs are not written out yet. */
  readonly text?: string;
}

/**
 * A plan as it is tried out on a simulated cluster of the same shape; nothing is sent to the real one but reads, before it begins.
 * `reading`: those reads; `starting`: the simulated cluster; `doing`: the plan, on it; `over`: everything of it is gone.
 */
export interface Rehearsal {
  readonly stage: 'reading' | 'starting' | 'doing' | 'over';
  /** How many machines are simulated, once that is known. */
  readonly simulated?: number;
  /** In the order of the plan. */
  readonly machines: readonly RehearsedMachine[];
  /** How long the deed takes, about, ms; missing until it is over, and where it did not come to its end. */
  readonly expectedMs?: number;
  /** How often a machine was done by the same kind of deed before, by which the durations were measured; missing: they are estimates. */
  readonly measured?: number;
  /** Why it did not come to its end, and where. */
  readonly failure?: Failure;
}
