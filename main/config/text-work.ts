import { parseTalosconfig } from './parse-talosconfig.ts';
import { redactedDiff } from './redacted-diff.ts';
import { allContextContents, editTalosconfig } from './talosconfig-edit.ts';

/** What is done with the text of a talosconfig and takes long for a large one. All pure. */
export const TEXT_WORK = {
  parse: parseTalosconfig,
  edit: editTalosconfig,
  diff: redactedDiff,
  contents: allContextContents,
} as const;

export type TextWork = typeof TEXT_WORK;
export type TextWorkName = keyof TextWork;

/** A job for the worker. */
export interface TextJob {
  readonly id: number;
  readonly name: TextWorkName;
  /** {@link toWire} of the arguments. */
  readonly args: unknown;
}

/** Its answer: a value, a Failure, or the message of a mistake of ours. Values are on the wire. */
export type TextAnswer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly failure?: unknown; readonly message?: string };
