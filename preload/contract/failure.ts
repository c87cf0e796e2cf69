/**
 * What crosses a process boundary instead of an exception: `ipcMain.handle` keeps only an error's message
 * (electron#24427) and contextBridge strips the rest again (electron#25596), so failures are plain values.
 */

/** Why something failed. A code exists only where the interface reacts to it differently. */
export type FailureCode =
  /** No endpoint (or the node behind it) could be reached over the network. */
  | 'unreachable'
  /** TLS refused: wrong CA, name not in certificate, certificate expired, maintenance mode. */
  | 'untrusted'
  /** The credentials in the context cannot be used (key does not match, expired, wrong usage …). */
  | 'credentials'
  /** The server does not know who we are: sign-in needed (Omni). */
  | 'unauthenticated'
  /** The certificate's role may not do this. */
  | 'denied'
  /** The thing named does not exist. */
  | 'not-found'
  /** The request itself is wrong: a bad field, a bad name. */
  | 'invalid'
  /** This node's Talos version or role does not have the method. */
  | 'not-supported'
  /** The state of the node forbids it now (FailedPrecondition, AlreadyExists, Aborted). */
  | 'precondition'
  /** The deadline passed. */
  | 'timeout'
  /** The user cancelled. Not an error: never shown in red. */
  | 'cancelled'
  /** Sent, but the answer was lost: it may have happened. */
  | 'maybe-done'
  /** The file changed, or is locked, since it was read. */
  | 'conflict'
  /** The file does not exist. */
  | 'file-missing'
  /** The file cannot be read or written (permission, a folder, disk full). */
  | 'file-access'
  /** The file's content is wrong; `where` names line, column or field. */
  | 'file-invalid'
  /** More than the limit. */
  | 'too-large'
  /** Too many requests from this window. */
  | 'busy'
  /** The bridge refused the request: unknown name or not our page. */
  | 'refused'
  /** A programming mistake of ours; the trace id finds it in the log. */
  | 'internal';

/** Can repeating do harm? `never`: pointless, `safe`: a read or never sent, `ask`: look first, it may have happened. */
export type Retry = 'never' | 'safe' | 'ask';

/** Where a failure happened; only what is known. */
export interface FailureSite {
  readonly endpoint?: string;
  readonly node?: string;
  readonly context?: string;
  readonly file?: string;
  /** 1-based. */
  readonly line?: number;
  /** 1-based. */
  readonly column?: number;
  readonly field?: string;
}

/** A failure as shown: what happened, where, what to do. Never holds key material. */
export interface Failure {
  readonly code: FailureCode;
  /** One plain sentence, safe to show. */
  readonly message: string;
  /** What the user can do next; one sentence. */
  readonly hint?: string;
  readonly where?: FailureSite;
  /** The raw text of the other side (Go wording …), shown folded. */
  readonly details?: string;
  readonly retry: Retry;
  /** Finds the log entry with stack and cause; '' where there is none. */
  readonly traceId: string;
}

/** Every answer over the bridge: a value, or a failure. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
