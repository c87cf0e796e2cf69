import { readHandedOut } from './kubeconfig/handed-out.ts';
import { diffTexts } from './kubeconfig/kubeconfig-diff.ts';
import { mergeIntoText, removeFromText } from './kubeconfig/preview.ts';
import { summarizeKubeconfig } from './kubeconfig/summary.ts';
import { parseTalosconfig } from './parse-talosconfig.ts';
import { redactedDiff } from './redacted-diff.ts';
import { recogniseText } from './recognise-text.ts';
import { allContextContents, contentHashes, editTalosconfig } from './talosconfig-edit.ts';

/** What is done with the text of a talosconfig or kubeconfig and takes long for a large one. All pure. */
export const TEXT_WORK = {
  parse: parseTalosconfig,
  edit: editTalosconfig,
  diff: redactedDiff,
  contents: allContextContents,
  contentHashes,
  recognise: recogniseText,
  summarizeKubeconfig,
  readHandedOut,
  mergeKubeconfig: mergeIntoText,
  removeFromKubeconfig: removeFromText,
  diffKubeconfig: diffTexts,
} as const;

export type TextWork = typeof TEXT_WORK;
export type TextWorkName = keyof TextWork;

/** Texts from this length on are large: 256 KiB, about 5 ms of parsing. */
const LARGE_LENGTH = 256 * 1024;
/** As many pieces as about ninety contexts have. What takes time is pieces, not length: 250,000 commas take seconds. */
const LARGE_PIECES = 2_000;

/** True for a text that the window should not wait for. */
export function isLargeText(text: string): boolean {
  if (text.length >= LARGE_LENGTH) return true;
  let pieces = 0;
  for (let i = 0; i < text.length; i++) if (PIECES[text.charCodeAt(i)] === 1 && ++pieces > LARGE_PIECES) return true;
  return false;
}

/** 1 for the characters that start or end something in YAML; letters, digits and base64 have none. */
const PIECES = new Uint8Array(0x10000);
for (const c of '\n\r\t,[]{}:*&!?-#"\'|>%@`\\') PIECES[c.charCodeAt(0)] = 1;

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
