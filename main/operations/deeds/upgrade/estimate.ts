/** An installer is about 150 MB, and more with extensions. */
const PULL_MS = 60_000;
/** It writes boot assets of some hundred MB. */
const INSTALL_MS = 60_000;
/** Until a real machine is back; servers test their memory first. */
const REBOOT_MS = 4 * 60_000;

/** Draining may take five minutes, and mostly takes less. */
const DRAIN_MS = 150_000;

/** How long one machine takes, about. For planning, not a promise. */
export const upgradeEstimateMs = (drains: boolean): number =>
  PULL_MS + INSTALL_MS + REBOOT_MS + (drains ? DRAIN_MS : 0);
