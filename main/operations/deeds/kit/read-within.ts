/** How long a machine that is read for a plan may take. */
export const READ_WITHIN_MS = 10_000;
/** How long a short change may take before its answer counts as lost. */
export const CHANGE_WITHIN_MS = 60_000;
/** So long after a machine may have been asked, that nothing is seen of it does not say that nothing was done (docs/talos-behaviour.md §6.4). */
export const SETTLES_MS = 60_000;
