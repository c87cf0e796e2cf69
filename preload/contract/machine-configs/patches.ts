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

/** A patch that is a file: named in a line of talosctl (`@b.yaml`), and chosen by the user once it has a token. */
export interface PatchFile {
  readonly name: string;
  /** Names the file that was chosen, for a while. */
  readonly token?: string;
}

/**
 * The file that a patch names, as talosctl tells a name from a patch: behind an `@`, or one word that begins with no bracket. Undefined for a
 * patch itself.
 */
export function patchFileOf(patch: string): PatchFile | undefined {
  const text = patch.trim();
  if (!text.startsWith('@') && /\s|^[[{]/.test(text)) return undefined;
  const [, name = '', token] = /^@?(.*?)(?:\?([0-9a-f]{8}-[0-9a-f-]{27}))?$/s.exec(text) ?? [];
  return { name, ...(token !== undefined && { token }) };
}

/** The patches of a text with a file that was chosen for the name of one of them. */
export const withPatchFile = (text: string, name: string, chosen: Required<PatchFile>): string =>
  patchesIn(text)
    .map((patch) => (patchFileOf(patch)?.name === name ? `@${chosen.name}?${chosen.token}` : patch))
    .reduce(withNextPatch, '');
