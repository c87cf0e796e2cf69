/** Models of changing talosconfig files: import, edits, undo, renewal. Facts only, never key material. */
import type { CertificateFacts } from './certificates.ts';
import type { Failure } from './failure.ts';
import type { Problem } from './problem.ts';

/** One talosconfig file that is open. */
export interface OpenTalosconfig {
  readonly path: string;
  /** The file of the rule "which file"; edits without another wish go there. */
  readonly isPrimary: boolean;
  readonly status: 'missing' | 'empty' | 'unreadable' | 'ready';
  readonly failure?: Failure;
  readonly writable: boolean;
  readonly contexts: number;
  /** Problems of the whole file (mode, duplicate keys …). */
  readonly problems: readonly Problem[];
}

/** One line of a difference; secrets are shown as fingerprints. */
export interface ShownDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly old?: number;
  readonly new?: number;
  readonly text: string;
}

/** What is shown of a context to compare it with another. */
export interface ComparedContext {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly nodes: readonly string[];
  readonly cluster?: string;
  readonly certificate?: CertificateFacts;
  readonly caFingerprints: readonly string[];
  /** Omni identity or basic user. */
  readonly identity?: string;
  readonly broken?: string;
}

/** What an incoming context is, compared with the file. */
export type ImportClass =
  'new' | 'identical' | 'renewed' | 'same-cluster' | 'same-cluster-other-role' | 'name-taken' | 'broken';

export type ImportAction = 'keep-both' | 'overwrite' | 'skip' | 'rename';

export interface ImportRow {
  readonly id: string;
  /** The file it comes from, or `clipboard`. */
  readonly from: string;
  readonly class: ImportClass;
  readonly incoming: ComparedContext;
  /** The context of the file it was compared with. */
  readonly existing?: ComparedContext;
  readonly isNameTaken: boolean;
  readonly byDefault: ImportAction;
  /** Choices that can be made. */
  readonly actions: readonly ImportAction[];
  /** How talosctl takes it where it comes from, when that is not as Minos does; one sentence. */
  readonly talosctl?: string;
}

/** What was found; nothing is written yet. `token` names it in later calls and is forgotten after a while. */
export interface ImportPreview {
  readonly token: string;
  /** The file it would be merged into. */
  readonly into: string;
  readonly rows: readonly ImportRow[];
  /** Files that are no talosconfig, each with why. */
  readonly failures: readonly Failure[];
  /** Id of the row that is current where it comes from. */
  readonly currentRow?: string;
}

export interface ImportChoice {
  readonly id: string;
  readonly action: ImportAction;
  /** For `rename`. */
  readonly name?: string | undefined;
}

export interface ImportStep {
  readonly id: string;
  readonly action: 'add' | 'overwrite' | 'skip';
  readonly from: string;
  readonly name?: string;
  readonly onlyCredentials?: boolean;
}

/** Exactly what would change. */
export interface ImportPlan {
  /** Names it for `import.apply`, which writes it once, onto the version of the file it was made on. */
  readonly token: string;
  readonly steps: readonly ImportStep[];
  /** `context:` of the file afterwards. */
  readonly current: string;
  readonly switchesCurrent: boolean;
  /** The context `switchCurrent` would make, or makes, the file's current one. Missing: there is nothing to switch to. */
  readonly switchTo?: string;
  /** “Same as talosctl” only: what to know of it, such as where it differs. Sentences. */
  readonly notes?: readonly string[];
  readonly diff: readonly ShownDiffLine[];
}

/** A change that was written. */
export interface AppliedChange {
  readonly file: string;
  /** One sentence: what was changed. */
  readonly what: string;
  /** For undo; missing when nothing had to change. */
  readonly changeId?: string;
}

/** One change in the history of a file, newest first. */
export interface ChangeSummary {
  readonly id: string;
  readonly file: string;
  readonly atMs: number;
  readonly what: string;
  readonly diff: readonly ShownDiffLine[];
  /** The old bytes are encrypted with the system's keychain. */
  readonly isSealed: boolean;
  /** The file still is what this change wrote. */
  readonly canUndo: boolean;
}

/** What another program did to a file around our write; both versions are kept. */
export interface FileConflict {
  readonly file: string;
  readonly atMs: number;
  readonly message: string;
  /** Whose version the file holds; the other one is in its history. */
  readonly holds: 'minos' | 'other';
  /** Where the other version lies instead, because the history could not take it. */
  readonly keptAt?: string;
}

/** What will be dialled for an endpoint as written. */
export interface DialPreview {
  readonly endpoint: string;
  /** `host:port`; missing when it means nothing. */
  readonly target?: string;
  readonly problem?: string;
}

/** A new certificate that was issued and is not written yet. */
export interface RenewPreview {
  readonly token: string;
  readonly context: string;
  readonly node: string;
  readonly before?: CertificateFacts;
  readonly after: CertificateFacts;
  readonly diff: readonly ShownDiffLine[];
}
