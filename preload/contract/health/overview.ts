import type { Failure } from '../failure.ts';
import type { NodeState } from './node-health.ts';

/** A version and how many say that they have it. */
export interface VersionCount {
  readonly version: string;
  readonly count: number;
}

/** Whether the Kubernetes API of a cluster can be reached from this computer. */
export interface KubernetesApi {
  /** `answers`: something with the cluster's certificate for it answered the handshake. */
  readonly state: 'answers' | 'not-reached' | 'untrusted' | 'unknown';
  /** Its URL as the machine config has it. */
  readonly url?: string;
  readonly roundTripMs?: number;
  readonly atMs?: number;
  readonly failure?: Failure;
}

/** Topic `overview.state`: a cluster in some figures. */
export interface ClusterSummary {
  readonly context: string;
  readonly clusterName?: string;
  /** How many nodes are in each state. */
  readonly nodes: Readonly<Record<NodeState, number>>;
  readonly controlPlanes: number;
  readonly workers: number;
  /** Talos versions, the most frequent first. */
  readonly talosVersions: readonly VersionCount[];
  /** Versions of kubelets, the most frequent first. */
  readonly kubernetesVersions: readonly VersionCount[];
  readonly kubernetesApi: KubernetesApi;
  readonly attention: { readonly critical: number; readonly warning: number; readonly notice: number };
  /** By main's clock, for ages. */
  readonly atMs: number;
}
