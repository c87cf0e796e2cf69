import type { NodeState } from './node-health.ts';

/** A version and how many say that they have it. */
export interface VersionCount {
  readonly version: string;
  readonly count: number;
}

/**
 * The Kubernetes API as the control planes tell of it: each says whether its own kube-apiserver is ready. This computer does not dial
 * it: what a cluster names is no host that the user chose.
 */
export interface KubernetesApi {
  /** `degraded`: some are ready. `unknown`: no control plane told. */
  readonly state: 'ready' | 'degraded' | 'not-ready' | 'unknown';
  readonly servers: readonly { readonly node: string; readonly isReady: boolean }[];
  /** Oldest word of those above. */
  readonly atMs?: number;
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
