import type { Failure } from '../failure.ts';
import type { Problem } from '../problem.ts';
import type { CertificateFacts } from './certificates.ts';
import type { FileConflict, OpenTalosconfig } from './files.ts';

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
  /** Opened by the user beside the primary file. */
  | 'opened'
  /** The simulated cluster of the demo. */
  | 'demo';

/** The talosconfig that the rule "which file" leads to, and why. */
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

/** How calls of a context are authenticated. */
export type AuthKind = 'certificate' | 'basic' | 'siderov1' | 'none';

/** One context of a talosconfig, without its keys. */
export interface ContextSummary {
  /** What calls name: the name for the primary file, `path#name` for the others. Unique. */
  readonly id: string;
  readonly name: string;
  /** The talosconfig it stands in. */
  readonly file: string;
  /** The file's own current context. */
  readonly isFileCurrent: boolean;
  /** As its file has them: what is edited and written. See {@link dialledEndpoints}. */
  readonly endpoints: readonly string[];
  /** Of `--endpoints` of this start: dialled instead of those of the file. At least one; missing where the file's are dialled. */
  readonly startEndpoints?: readonly string[];
  readonly nodes: readonly string[];
  readonly cluster?: string;
  readonly proxyUrl?: string;
  readonly auth: AuthKind;
  readonly identity?: string;
  readonly certificate?: CertificateFacts;
  /** Lower-case hex SHA-256 of each CA certificate, sorted. */
  readonly caFingerprints: readonly string[];
  /** Its cluster is marked as production. */
  readonly isProduction?: boolean;
  readonly problems: readonly Problem[];
  /** Commands this certificate may not run, by id, with the sentence why. The others may be tried: the node decides. */
  readonly refusedCommands?: Readonly<Record<string, string>>;
  /** False when nothing can be dialled (no endpoints, broken credentials, sign-in not supported yet …). */
  readonly isUsable: boolean;
}

/** The endpoints that a context is dialled over, as written. */
export const dialledEndpoints = ({
  endpoints,
  startEndpoints,
}: Pick<ContextSummary, 'endpoints' | 'startEndpoints'>): readonly string[] => startEndpoints ?? endpoints;

/** Topic `config.state`. */
export interface TalosconfigState {
  readonly choice: TalosconfigChoice;
  readonly status: 'missing' | 'empty' | 'unreadable' | 'ready';
  /** Set when `unreadable`. */
  readonly failure?: Failure;
  /** Of all open files, the primary file's first. */
  readonly contexts: readonly ContextSummary[];
  readonly files: readonly OpenTalosconfig[];
  /** Other programs that wrote around our writes; newest first. */
  readonly conflicts: readonly FileConflict[];
  /** `context:` of the file; empty when unset. */
  readonly fileContext: string;
  /**
   * Id of the context this window works on. Each window begins with the file's context and stays where it is; a context that gets another
   * name is followed while it leads to the same cluster.
   */
  readonly selected?: string;
  /**
   * The context this window worked on, where no file that can be read has it any more, or the name leads to a cluster of another authority
   * now. Then none is selected.
   */
  readonly gone?: { readonly id: string; readonly name: string };
  /** Problems of the whole file (mode, duplicate keys …). */
  readonly problems: readonly Problem[];
  readonly readAtMs: number;
}

/** What will be dialled for an endpoint as written. */
export interface DialPreview {
  readonly endpoint: string;
  /** `host:port`; missing when it means nothing. */
  readonly target?: string;
  readonly problem?: string;
}
