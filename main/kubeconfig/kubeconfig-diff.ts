import { randomBytes } from 'node:crypto';
import { Failed } from '../lib/failed.ts';
import type { DiffLine } from '../yaml/redacted-diff.ts';
import { parseYaml, type YamlDocument } from '../yaml/yaml-document.ts';
import { changedLines } from './changed-lines.ts';
import { ShownLines } from './shown-lines.ts';

/** One line, or a piece of a long one: pieces have the same number. */
export interface KubeconfigDiffLine extends DiffLine {
  /** Says where kubectl connects, what it runs, which files it reads, or as whom it acts. */
  readonly isTelling?: boolean;
}

/** The lines that differ between two versions of a kubeconfig. */
export interface KubeconfigDiff {
  readonly lines: readonly KubeconfigDiffLine[];
  /** More differs than can be shown: only the first lines are here, and nothing may be written on their strength. */
  readonly isCut: boolean;
}

/** Most of a difference that is shown at all: lines, and characters in them. */
const LIMITS = { lines: 20_000, length: 4_000_000 };
/** Longer lines, such as a JSON file that is one, come in pieces. */
const PIECE_LENGTH = 1_000;

/**
 * Compares two versions of the real file line by line, with three lines around each change. Certificates are shown as
 * fingerprint and expiry, every other value that is not known to be harmless as a fingerprint.
 */
export function diffKubeconfigs(before: YamlDocument, after: YamlDocument, limits = LIMITS): KubeconfigDiff {
  if (before.text === after.text) return { lines: [], isCut: false };
  const hunks = changedLines(before.text, after.text);
  const salt = randomBytes(16);
  const oldSpans = hunks.map((hunk) => [hunk.oldStart, hunk.oldStart + hunk.oldLines] as const);
  const newSpans = hunks.map((hunk) => [hunk.newStart, hunk.newStart + hunk.newLines] as const);
  const [old, next] = [new ShownLines(before, oldSpans, salt), new ShownLines(after, newSpans, salt)];
  const lines: KubeconfigDiffLine[] = [];
  let length = 0;
  const put = (line: DiffLine, isTelling: boolean): void => {
    for (let at = 0; at === 0 || at < line.text.length; at += PIECE_LENGTH) {
      lines.push({ ...line, text: line.text.slice(at, at + PIECE_LENGTH), ...(isTelling && { isTelling }) });
    }
    length += line.text.length;
  };
  for (const hunk of hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const line of hunk.lines) {
      if (lines.length >= limits.lines || length > limits.length) {
        return { lines: lines.slice(0, limits.lines), isCut: true };
      }
      if (line.startsWith('+')) {
        put({ kind: 'added', new: newLine, text: next.line(newLine) }, next.isTelling(newLine));
        newLine++;
      } else if (line.startsWith('-')) {
        put({ kind: 'removed', old: oldLine, text: old.line(oldLine) }, false);
        oldLine++;
      } else if (!line.startsWith('\\')) {
        put({ kind: 'same', old: oldLine, new: newLine, text: next.line(newLine) }, false);
        oldLine++;
        newLine++;
      }
    }
  }
  return { lines, isCut: false };
}

/** Lines of a difference in the history, which is looked at and not written. */
const MAX_HISTORY_LINES = 2_000;

/** {@link diffKubeconfigs} of two texts, for the history; empty where one of them cannot be read. */
export function diffTexts(before: string, after: string): readonly DiffLine[] {
  try {
    return diffKubeconfigs(parseYaml(before), parseYaml(after)).lines.slice(0, MAX_HISTORY_LINES);
  } catch (error) {
    if (error instanceof Failed) return [];
    throw error;
  }
}
