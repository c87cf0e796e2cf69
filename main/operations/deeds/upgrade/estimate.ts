/** An installer is about 150 MB, and more with extensions. */
const PULL_MS = 60_000;
/** It writes boot assets of some hundred MB. */
const INSTALL_MS = 60_000;
/** Until a real machine is back; servers test their memory first. */
const REBOOT_MS = 240_000;

/** What is done to each machine. */
export interface UpgradePace {
  readonly machines: number;
  /** Machines that go at once; control planes never do. */
  readonly atOnce: number;
  /** How long draining may take; undefined: no machine is drained. */
  readonly drainMs: number | undefined;
  /** How long a machine of this cluster took the last time; undefined: it was not seen here. */
  readonly lastMs: number | undefined;
}

/**
 * How long an upgrade takes, about: as long as the last time, else by what machines usually take. Draining counts with half of
 * what it may take. For planning (a certificate must outlast it twice), not a promise.
 */
export function estimateUpgradeMs({ machines, atOnce, drainMs = 0, lastMs }: UpgradePace): number {
  const each = lastMs ?? PULL_MS + INSTALL_MS + REBOOT_MS + drainMs / 2;
  return Math.ceil(machines / Math.max(1, atOnce)) * each;
}
