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
