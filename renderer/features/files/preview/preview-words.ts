import { formatBytes, formatDuration, formatTime, formatAgo } from '../../../lib/format.ts';
import type { FileContent } from '../file-content.svelte.ts';

const WHY = {
  first: '',
  replaced: 'Another file stands at this path now; it was begun anew.',
  shorter: 'The file was cut; it was begun anew.',
  anew: '',
} as const;

/** What of the file is shown: `All of it, 1.2 KiB`, `The first 256 KiB of 84 MiB`. */
export function partWords({ shown, isCut, entry, wish }: FileContent): string {
  if (shown === undefined) return '';
  const { bytes, skipped } = shown;
  const length = bytes.length;
  const size = Math.max(entry?.size ?? 0, skipped + length);
  if (skipped > 0) return `The last ${formatBytes(length)} of ${formatBytes(size)}`;
  if (isCut) return `The first ${formatBytes(length)} of ${entry?.size ? formatBytes(entry.size) : 'more'}`;
  if (length === 0) return wish.isFollowed ? 'Empty so far' : 'Empty';
  return `All of it, ${formatBytes(length)}`;
}

/** How it is followed, and how fresh what is shown is. */
export function followWords(content: FileContent, nowMs: number): string {
  const { everyMs, isTooLarge, atMs, trouble, why } = content;
  if (isTooLarge) return 'Too large to be followed: Talos can only send a file from its beginning.';
  if (trouble) return `Not looked at since ${formatTime(trouble.sinceMs)}: ${trouble.failure.message} Tried again.`;
  if (everyMs === undefined || atMs === undefined) return '';
  return [`Looked at every ${formatDuration(everyMs)}, last ${formatAgo(atMs, nowMs)}.`, WHY[why]]
    .filter(Boolean)
    .join(' ');
}
