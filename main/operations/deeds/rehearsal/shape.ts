import type { TalosconfigChoice } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { LoadedProto } from '../../../talos/load-proto.ts';
import type { ShapedDisk } from './shaped-disks.ts';

/** A pod that leaves a machine when that is drained. */
export interface ShapedPod {
  /** `shop/checkout-x7k2p`. */
  readonly title: string;
  /** Nothing makes it anew. */
  readonly isUnmanaged: boolean;
  readonly hasEmptyDir: boolean;
}

/** A machine as it is simulated, read from the real one. */
export interface ShapedMachine {
  readonly name: string;
  readonly role: 'controlplane' | 'worker';
  readonly address: string;
  readonly version: string;
  /** Minos is connected through it. */
  readonly isEndpoint: boolean;
  /** It did not answer when it was asked last. */
  readonly isAway: boolean;
  /** How it takes part in etcd; missing where it does not. */
  readonly etcd?: 'voter' | 'learner';
  /** It leads etcd. */
  readonly isLeader: boolean;
  /** Its disks, the one Talos runs from first; missing where they were not read. */
  readonly disks?: readonly ShapedDisk[];
  /** Services of extensions that it needs. */
  readonly moreServices: readonly string[];
  /** Pods that leave it; missing where it is not drained. */
  readonly pods?: readonly ShapedPod[];
  /** What lies in its other boot slot; missing where that does not matter. */
  readonly otherSlot?: string;
}

/** What a cluster is simulated from. */
export interface ClusterShape {
  /** Control planes first. */
  readonly machines: readonly ShapedMachine[];
  /** `v1.35.2`; missing where it does not matter. */
  readonly kubernetesVersion?: string;
  /** Machines are drained: a Kubernetes answers. */
  readonly drains: boolean;
  /** Of the client certificate that is made for it. */
  readonly roles: readonly string[];
  /** As the context of the user has them. */
  readonly nodes: readonly string[];
}

/** What a simulated cluster is started with. */
export interface RehearsalPlace {
  /** A folder of its own: its talosconfig goes there. Removed by whoever made it. */
  readonly folder: string;
  /** Of everything that it does. */
  readonly clock: Clock;
  readonly proto: LoadedProto;
}

/** A simulated cluster that runs; whoever started it closes it. */
export interface RunningRehearsal {
  /** A talosconfig of one context, `rehearsal`, with a certificate made for this run. */
  readonly choice: TalosconfigChoice;
  close(): Promise<void>;
}

/** Starts a cluster of such a shape on loopback; given by the composition root, because operations do not know the simulator. */
export type StartRehearsal = (shape: ClusterShape, place: RehearsalPlace) => Promise<RunningRehearsal>;
