import type { Failure } from '../failure.ts';
import type { NodeRole } from '../clusters/nodes.ts';

/**
 * How a node is, as last known. `well`: it answers, is ready, and nothing is wrong with it. `unwell`: it answers and says that something
 * is wrong, or is booting, shutting down or the like. `unstable`: it changed there and back within 10 s, and has not been the same for 10 s
 * since, so that rows need not jump. `not-reached`: it does not answer, since `notReachedSinceMs`. `unknown`: nobody asked yet, or
 * what is known is too old to tell.
 */
export type NodeState = 'well' | 'unwell' | 'unstable' | 'not-reached' | 'unknown';

/** A condition that a node itself says it does not meet, such as `services`, with its own reason. */
export interface UnmetCondition {
  readonly name: string;
  readonly reason: string;
}

/** A figure between 0 and 1 and when it was true. */
export interface Load {
  readonly fraction: number;
  readonly atMs: number;
}

/** How full a volume is: the fullest of a node's partitions. */
export interface VolumeLoad extends Load {
  /** Where it is mounted, such as `/var`. */
  readonly mountedOn: string;
  readonly usedBytes: number;
  readonly totalBytes: number;
}

/** A service of a node that does not do what it shall. */
export interface IllService {
  readonly id: string;
  /** `failed`: it stopped with an error. `unhealthy`: it runs, and its own check fails. `not-running`: anything else. */
  readonly state: 'failed' | 'unhealthy' | 'not-running';
  /** What it last said, one line; may be empty. */
  readonly message: string;
  /** First moment it was seen like that. */
  readonly sinceMs: number;
}

/** A warning that a node makes of itself (Diagnostics). */
export interface Diagnostic {
  readonly id: string;
  readonly message: string;
  /** At most ten lines. */
  readonly details: readonly string[];
  readonly sinceMs: number;
}

/** Kubernetes's view of a node, as its own kubelet tells Talos. */
export interface KubernetesNode {
  readonly name: string;
  readonly isReady: boolean;
  readonly isSchedulable: boolean;
  /** When Minos cordoned it for a deed, by the clock of the computer that Minos ran on. */
  readonly cordonedByMinosMs?: number;
  readonly atMs: number;
}

/** Whether a machine may be taken down at this moment, and why; sentences that can be shown as they are. */
export interface MayGoDown {
  readonly answer: 'yes' | 'no' | 'unknown';
  /** One at least, the weightiest first. */
  readonly reasons: readonly string[];
}

/** How long a node took to answer a small question. */
export interface NodeAnswer {
  /** The endpoint that passed it on. */
  readonly endpoint: string;
  /** From this computer and back, the shortest of the last ones through that endpoint. */
  readonly durationMs: number;
  readonly atMs: number;
}

/** One node, as last known. What is missing is unknown; every figure has its age. */
export interface NodeHealth {
  /** As `NodeSummary.target`. */
  readonly node: string;
  readonly hostname?: string;
  readonly role: NodeRole;
  readonly state: NodeState;
  /** Since when it is in this state, as far as this session knows. */
  readonly sinceMs?: number;
  /** `watch`: it tells by itself what changes (a node in view). `probe`: it is asked now and then. */
  readonly source: 'watch' | 'probe';
  /** Last true answer of the node, of whatever kind. Missing: none in this session. */
  readonly seenAtMs?: number;
  /** First of the failures that last until now, not the last retry. Missing while it answers, and when it was never asked. */
  readonly notReachedSinceMs?: number;
  /** Why it is not reached or cannot be read. */
  readonly failure?: Failure;
  /** Nothing true was heard for longer than the node's turn to be asked allows: to be drawn grey and with its age. */
  readonly isStale: boolean;
  /** Stage as Talos names it: `booting`, `installing`, `maintenance`, `running`, `rebooting`, `shutting down`, `resetting`, `upgrading`. */
  readonly stage?: string;
  /** Whether the node calls itself ready. */
  readonly isReady?: boolean;
  /** At most 20. */
  readonly unmetConditions: readonly UnmetCondition[];
  /** At most 20. */
  readonly services: readonly IllService[];
  /** At most 20. */
  readonly diagnostics: readonly Diagnostic[];
  /** Talos version, such as `v1.13.9`. */
  readonly version?: string;
  /** By the node's own clock. */
  readonly bootedAtMs?: number;
  /** Share of the processors' time that was used between two looks. */
  readonly cpu?: Load;
  readonly memory?: Load;
  readonly disk?: VolumeLoad;
  readonly kubernetes?: KubernetesNode;
  readonly answer?: NodeAnswer;
  readonly mayGoDown: MayGoDown;
}

/** Topic `health.state`: every node of a context. The order is that of discovery; the page sorts. */
export interface HealthState {
  readonly context: string;
  readonly nodes: readonly NodeHealth[];
  /** By main's clock, for ages. */
  readonly atMs: number;
}
