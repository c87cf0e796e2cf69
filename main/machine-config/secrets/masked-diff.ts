import { diffOfLines, type DiffLine } from '../../yaml/redacted-diff.ts';
import { Failed } from '../../lib/failed.ts';
import { Masker } from './mask.ts';

/**
 * The lines that differ between two versions of a machine config, with placeholders for secrets: the same one on both sides says that
 * the secret is the same. A version that cannot be loaded is not shown.
 */
export function maskedDiff(before: string, after: string): readonly DiffLine[] {
  const masker = new Masker();
  const masked = (text: string): string => {
    if (text === '') return '';
    try {
      return masker.config(text).text;
    } catch (error) {
      if (error instanceof Failed) return '[text that is no machine config]\n';
      throw error;
    }
  };
  const [old, next] = [masked(before), masked(after)];
  // What is a secret only in the new version may have stood in the old one, as in a comment.
  return diffOfLines(masker.quoted(old), next);
}
