import type { UpdatePackage } from './version-file.ts';

/** A package to be fetched, and from where. */
export interface WantedPackage extends UpdatePackage {
  readonly version: string;
  /** The folder it lies in, with a slash at its end. */
  readonly folder: string;
}

/** Fetches and installs packages; given by the composition root, because operations know no Electron. */
export interface Packages {
  /**
   * Fetches a package and checks it: its size, its checksum and, on Windows, that the publisher of the build signed it. Throws Failed when it
   * is not what it should be, `cancelled` when the signal aborts; then nothing of it is kept.
   */
  fetch(wanted: WantedPackage, onProgress: (doneBytes: number) => void, signal: AbortSignal): Promise<void>;
  /**
   * Installs what was fetched last and ends Minos. Throws Failed when the system does not take it, on macOS also for its signature, which
   * is looked at then. `isStillFree` is asked immediately before Minos ends; when it says no, nothing is installed: Failed `precondition`.
   */
  install(isStillFree: () => boolean): Promise<void>;
}
