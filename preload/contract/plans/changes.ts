/** What was, or would be, changed in a file of the user. Facts only, never key material. */

/** One line of a difference; secrets are shown as fingerprints. */
export interface ShownDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly old?: number;
  readonly new?: number;
  readonly text: string;
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
