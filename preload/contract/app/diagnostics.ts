/** What helps to find out why Minos does not do what it should. No key, no token, no text of a config is in it. */
export interface Diagnostics {
  readonly atMs: number;
  /** `Linux 6.1.0 x64`. */
  readonly system: string;
  /** Since main was started. */
  readonly upMs: number;
  /** Memory that main holds. */
  readonly mainBytes: number;
  /** Whether this build's TLS library does what Talos needs, tried just now by a handshake of Minos with itself. */
  readonly tls: { readonly isOk: boolean; readonly text: string };
  /** Whether old versions of files are encrypted by the password store of the system. */
  readonly isSealed: boolean;
  /** The log file, its newest warnings and errors, and the newest failures that were shown with their trace ids; oldest first. */
  readonly log: {
    readonly path: string;
    readonly lines: readonly string[];
    readonly failures: readonly string[];
  };
}
