/** Models of importing contexts into a talosconfig. Facts only, never key material. */
import type { Failure } from '../failure.ts';
import type { ShownDiffLine } from '../plans/changes.ts';
import type { PlanHead } from '../plans/plans.ts';
import type { CertificateFacts } from './certificates.ts';

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

/** What becomes of an incoming context. `keep-both` takes it in under a free name, `rename` under one that the user gives. */
export type ImportAction = 'keep-both' | 'overwrite' | 'skip' | 'rename';

/** One incoming context, compared with the file it would go into. */
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

/** What the user decided for the row of that id. */
export interface ImportChoice {
  readonly id: string;
  readonly action: ImportAction;
  /** For `rename`. */
  readonly name?: string | undefined;
}

/** What a plan does with the row of that id; `name` is that in the file afterwards. */
export interface ImportStep {
  readonly id: string;
  readonly action: 'add' | 'overwrite' | 'skip';
  readonly from: string;
  readonly name?: string;
  readonly onlyCredentials?: boolean;
}

/** Exactly what an import would change. */
export interface ImportPlan extends PlanHead {
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
