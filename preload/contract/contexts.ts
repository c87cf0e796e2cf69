import type { Failure } from './failure.ts';

/** Models of talosconfig and its contexts as the page sees them: facts, never key material. */

/** Why this file is the talosconfig in use (rule in docs/talos-behaviour.md). */
export type TalosconfigReason =
  /** Given as `--talosconfig`. */
  | 'flag'
  /** `$TALOSCONFIG` is set. */
  | 'env'
  /** `$XDG_CONFIG_HOME/talos/config.yaml` exists. */
  | 'xdg'
  /** `$TALOS_HOME/config` exists. */
  | 'talos-home'
  /** `~/.talos/config` exists. */
  | 'home'
  /** Running in a pod: `/var/run/secrets/talos.dev/config`, read-only. */
  | 'service-account'
  /** None exists: this is where a new one goes. */
  | 'none-exists'
  /** The simulated cluster of the demo. */
  | 'demo';

export interface TalosconfigChoice {
  readonly path: string;
  readonly reason: TalosconfigReason;
  /** One sentence for the user: why this file. */
  readonly why: string;
  readonly exists: boolean;
  readonly writable: boolean;
  /** The file today's talosctl would use when that is another one, and why. */
  readonly talosctl?: { readonly path: string; readonly why: string };
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** One sentence. */
  readonly message: string;
  readonly hint?: string;
  readonly field?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What can be said about a certificate without its key. Times are epoch milliseconds. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Organization values: Talos roles, sorted bytewise; unknown ones are kept. */
  readonly roles: readonly string[];
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
  readonly serial: string;
}

/** How calls of a context are authenticated. */
export type AuthKind = 'certificate' | 'basic' | 'siderov1' | 'none';

export interface ContextSummary {
  readonly name: string;
  /** The file's own current context. */
  readonly isFileCurrent: boolean;
  readonly endpoints: readonly string[];
  readonly nodes: readonly string[];
  readonly cluster?: string;
  readonly proxyUrl?: string;
  readonly auth: AuthKind;
  readonly identity?: string;
  readonly certificate?: CertificateFacts;
  /** Lower-case hex SHA-256 of each CA certificate, sorted. */
  readonly caFingerprints: readonly string[];
  readonly problems: readonly Problem[];
  /** False when nothing can be dialled (no endpoints, broken credentials, sign-in not supported yet …). */
  readonly isUsable: boolean;
}

/** Topic `config.state`. */
export interface TalosconfigState {
  readonly choice: TalosconfigChoice;
  readonly status: 'missing' | 'empty' | 'unreadable' | 'ready';
  /** Set when `unreadable`. */
  readonly failure?: Failure;
  readonly contexts: readonly ContextSummary[];
  /** `context:` of the file; empty when unset. */
  readonly fileContext: string;
  /** What this window works on. Starts as the file's context. */
  readonly selected?: string;
  /** Problems of the whole file (mode, duplicate keys …). */
  readonly problems: readonly Problem[];
  readonly readAtMs: number;
}
