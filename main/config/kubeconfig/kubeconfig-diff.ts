import { randomBytes } from 'node:crypto';
import { structuredPatch } from 'diff';
import { Failed } from '../../lib/failed.ts';
import type { DiffLine } from '../redacted-diff.ts';
import { parseYaml, type YamlDocument } from '../yaml-document.ts';
import { ShownLines } from './shown-lines.ts';

/** The lines that differ between two versions of a kubeconfig. */
export interface KubeconfigDiff {
  readonly lines: readonly DiffLine[];
  /** More lines differ than anybody reads; only the first ones are here. */
  readonly isCut: boolean;
}

const MAX_LINES = 2_000;

/**
 * Compares two versions of the real file line by line, with three lines around each change. Certificates are shown as
 * fingerprint and expiry, every other value that is not known to be harmless as a fingerprint.
 */
export function diffKubeconfigs(before: YamlDocument, after: YamlDocument): KubeconfigDiff {
  if (before.text === after.text) return { lines: [], isCut: false };
  const patch = structuredPatch('', '', before.text, after.text, '', '', {
    context: 3,
    maxEditLength: 5_000,
    timeout: 1_000,
  });
  if (patch === undefined) return { lines: [], isCut: true };
  const salt = randomBytes(16);
  const oldSpans = patch.hunks.map((hunk) => [hunk.oldStart, hunk.oldStart + hunk.oldLines] as const);
  const newSpans = patch.hunks.map((hunk) => [hunk.newStart, hunk.newStart + hunk.newLines] as const);
  const [old, next] = [new ShownLines(before, oldSpans, salt), new ShownLines(after, newSpans, salt)];
  const lines: DiffLine[] = [];
  for (const hunk of patch.hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const line of hunk.lines) {
      if (lines.length >= MAX_LINES) return { lines, isCut: true };
      if (line.startsWith('+')) {
        lines.push({ kind: 'added', new: newLine, text: next.line(newLine) });
        newLine++;
      } else if (line.startsWith('-')) {
        lines.push({ kind: 'removed', old: oldLine, text: old.line(oldLine) });
        oldLine++;
      } else if (!line.startsWith('\\')) {
        lines.push({ kind: 'same', old: oldLine, new: newLine, text: next.line(newLine) });
        oldLine++;
        newLine++;
      }
    }
  }
  return { lines, isCut: false };
}

/** {@link diffKubeconfigs} of two texts, for the history; empty where one of them cannot be read. */
export function diffTexts(before: string, after: string): readonly DiffLine[] {
  try {
    return diffKubeconfigs(parseYaml(before), parseYaml(after)).lines;
  } catch (error) {
    if (error instanceof Failed) return [];
    throw error;
  }
}
