import type { MachineDisk } from './machine-disk.ts';

/** What a node is, in the word of Talos. */
export type MachineType = 'controlplane' | 'worker';

/** What never changes about a node. */
export interface NodeFacts {
  readonly name: string;
  readonly role: MachineType;
  /** Position in the cluster, from 0. */
  readonly index: number;
  /** As the cluster's other nodes see it; nothing listens there. */
  readonly address: string;
  readonly seed: number;
  readonly clockSkewMs: number;
  /** Milliseconds between two lines of every log, or null for the default of each service. */
  readonly logIntervalMs: number | null;
  /** The one Talos runs from first. Default: one that follows from the seed. */
  readonly disks?: readonly MachineDisk[];
  /** Services beside those that each machine has. */
  readonly moreServices?: readonly string[];
}
