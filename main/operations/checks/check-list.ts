/** The checks of a health check in their order, as Talos names them (docs/talos-behaviour.md §6.6). */
export const CHECK_NAMES = [
  'etcd to be healthy',
  'etcd members to be consistent across nodes',
  'etcd members to be control plane nodes',
  'apid to be ready',
  'all nodes memory sizes',
  'all nodes disk sizes',
  'no diagnostics',
  'kubelet to be healthy',
  'all nodes to finish boot sequence',
  'all k8s nodes to report',
  'all control plane static pods to be running',
  'all control plane components to be ready',
  'all k8s nodes to report ready',
  'kube-proxy to report ready',
  'coredns to report ready',
  'all k8s nodes to report schedulable',
] as const;

/** See {@link CHECK_NAMES}. */
export type CheckName = (typeof CHECK_NAMES)[number];

/** The one that every Talos ends with: who has not come to it has not told everything. */
export const LAST_CHECK: CheckName = 'all k8s nodes to report schedulable';
