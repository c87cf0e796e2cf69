import type { Machine } from '../../plans/machine.ts';
import type { ActTools, AnyDeedCall, DeedAct, Fact } from '../../plans/plan.ts';
import type { Lost } from '../../storage/what-goes.ts';
import type { Tracker } from './tracker.ts';
import type { VersionRule } from './version-after.ts';

/** What a deed does beside taking machines down, read before it is planned. */
export interface DownExtra {
  /** Why it cannot be done on a machine. */
  readonly refusedOn: (machine: Machine) => string | undefined;
  /** What it means, a sentence each. */
  readonly effects: readonly string[];
  /** The cluster's own name has to be typed. */
  readonly isTyped: boolean;
  /** The machine is drained from here, if the deed drains: others drain themselves. */
  readonly isDrained: (machine: Machine) => boolean;
  /** Done before a machine is drained and asked to go down. */
  readonly before: (machine: Machine) => readonly DeedAct[];
  /** Done once the cluster is well again. */
  readonly after: (machine: Machine) => readonly DeedAct[];
  /** What makes a machine go down, by way of the call that the kind has for it. */
  readonly call?: (machine: Machine, usual: AnyDeedCall, answered: (actor: string) => void) => AnyDeedCall;
  /** The version that a machine comes back with, where it is another one. */
  readonly versionAfter?: (machine: Machine) => string | undefined;
  readonly versionRule?: (machine: Machine) => VersionRule | undefined;
  /** What is gone afterwards. */
  readonly loses?: (machine: Machine) => readonly Lost[];
  /** What else must still be so of a machine. */
  readonly facts?: (machine: Machine) => readonly Fact[];
  /** Watches a machine until it is over, where that is neither back nor off. Throws as {@link Tracker.back}. */
  readonly watch?: (tracker: Tracker, tools: ActTools) => Promise<string>;
  /** How long after its call a machine may still begin, where that is more than a minute. */
  readonly settlesMs?: (machine: Machine) => number | undefined;
  /** How talosctl does it, where one line for all machines is not enough. */
  readonly talosctl?: string;
  /** How long one machine takes, about. */
  readonly estimateMs?: number;
}

/** Nothing else. */
export const NO_EXTRA: DownExtra = {
  ...{ refusedOn: () => undefined, effects: [], isTyped: false, isDrained: () => true },
  ...{ before: () => [], after: () => [] },
};
