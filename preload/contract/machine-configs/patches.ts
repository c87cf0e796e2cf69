/** A value that is asked for when a patch is used: `${NAME}` in its text. */
export interface PatchVariable {
  readonly name: string;
  /** What its first place takes: `int`, `bool`, `duration`, `text` … */
  readonly wants: string;
  /** The words that are allowed there. */
  readonly words?: readonly string[];
  /** What it is, in words. */
  readonly about?: string;
  readonly initial?: string;
}

/** A patch that is kept, or one that Minos brings along. Holds no secret. */
export interface LibraryPatch {
  readonly id: string;
  readonly name: string;
  /** What it is for. */
  readonly about: string;
  readonly text: string;
  readonly variables: readonly PatchVariable[];
}

/** Patches that the user keeps. */
export interface PatchLibraryState {
  /** By name. */
  readonly saved: readonly LibraryPatch[];
  /** False when a part of the file cannot be read; it is kept beside itself before it is overwritten. */
  readonly isWhole: boolean;
}

/** The line between two patches of one text that are applied one after the other, each as one `-p` of talosctl. */
const NEXT_PATCH = '--- # next patch';

/** The patches of a text, in their order; those that hold nothing are left out. */
export const patchesIn = (text: string): readonly string[] =>
  text
    .split(/^--- # next patch[ \t]*$/m)
    .flatMap((patch) => (patch.trim() === '' ? [] : [patch.replace(/^\r?\n/, '')]));

/** Two texts of patches as one. */
export const withNextPatch = (text: string, next: string): string =>
  text.trim() === '' ? next : `${text.trimEnd()}\n${NEXT_PATCH}\n${next}`;
