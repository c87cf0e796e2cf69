/** What was, or would be, changed in a file of the user. Facts only, never key material. */

/** One line of a difference; secrets are shown as fingerprints. */
export interface ShownDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly old?: number;
  readonly new?: number;
  readonly text: string;
}

/** One file of a change that was written. */
export interface WrittenFile {
  /** Its path. */
  readonly file: string;
  /** One sentence: what was changed. */
  readonly what: string;
  /** Of its entry in the history of the file; missing for what is not kept there, such as a new file of its own. */
  readonly changeId?: string;
}

/** Something that was written, all of it to be undone together by `plans.undo`. No files: nothing had to change. */
export interface WrittenChange {
  readonly id: string;
  readonly atMs: number;
  /** One sentence. */
  readonly what: string;
  readonly files: readonly WrittenFile[];
}

/** One change in the history of a file, newest first. `plans.undo` takes its id, too. */
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
