/** Versions that stand for one that is left empty: those talosctl names (docs/talos-behaviour.md §6.13), and the Talos that Minos knows best. */
export const DEFAULT_VERSIONS = {
  kubernetes: 'v1.37.0-rc.1',
  etcd: '3.7.1',
  coredns: 'v1.14.7',
  flannel: '0.28.9',
  policies: 'v1.1.1',
  talos: 'v1.14.0-beta.1',
} as const;

/** Images that an installation without a network needs (call `bundles.images`). */
export interface ImageBundle {
  /** In the order in which talosctl prints them. */
  readonly images: readonly BundledImage[];
  /** The same as a talosctl command line. */
  readonly talosctl: string;
  /** What is not in the list, one sentence each. */
  readonly notes: readonly string[];
}

/** One image of a bundle. */
export interface BundledImage {
  /** Registry and name: `registry.k8s.io/etcd`. */
  readonly name: string;
  readonly tag: string;
}
