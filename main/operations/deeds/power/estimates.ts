/** Until a real machine is back once it was asked; servers test their memory first. */
export const BACK_MS = 4 * 60_000;
/** Until a machine has stopped all that runs on it. */
export const STOPS_MS = 60_000;
/** Until etcd and the kubelet of a machine that is back are well. */
export const WELL_MS = 60_000;
/** Draining may take five minutes, and mostly takes less. */
export const DRAIN_MS = 150_000;
/** Kubernetes calls a machine ready soon after it is back. */
export const RELEASE_MS = 15_000;
/** An installer is about 150 MB, and more with extensions. */
export const PULL_MS = 60_000;
/** It writes boot assets of some hundred MB. */
export const INSTALL_MS = 60_000;
