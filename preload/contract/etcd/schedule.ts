import type { KnownSnapshot } from './known-snapshots.ts';

/** Bounds of a schedule. */
export const SCHEDULE_HOURS = { least: 1, most: 168 } as const;
export const SCHEDULE_KEEPS = { least: 1, most: 200 } as const;

/** Snapshots of a cluster's etcd that Minos takes by itself while it runs. */
export interface SnapshotSchedule {
  readonly context: string;
  /** Missing: there is none. */
  readonly plan?: {
    readonly everyHours: number;
    /** So many of its own are kept, the newest; it removes no other file. */
    readonly keep: number;
    /** Where they go, as the system writes it. */
    readonly folder: string;
    /** Epoch milliseconds; in the past when it waits for its turn. */
    readonly nextMs: number;
  };
  /**
   * There is none, and one of the cluster that this context led to before it got another CA: nothing is taken by it. Planning one, or
   * ending it, forgets it.
   */
  readonly before?: { readonly everyHours: number; readonly keep: number; readonly folder: string };
  /** Its newest one. */
  readonly last?: KnownSnapshot;
  /** How many bytes of one have come, while it is taken. */
  readonly takenBytes?: number;
  /** That the last one was not taken, or an older one not removed, and why: a sentence or two. */
  readonly failure?: string;
}
