import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { CommandParam } from '../../../../preload/contract/index.ts';

/** Most entries of one node: more than a reader looks through, and not more than the window holds easily. */
export const MAX_ENTRIES = 50_000;

/** Where to begin. */
export const PATH_PARAM: CommandParam = { id: 'path', title: 'Path', kind: 'path', required: false };

/** The folder an entry lies in, `.` for what lies in the root itself. */
export function folderOf(relativeName: string): string {
  const end = relativeName.lastIndexOf('/');
  return end <= 0 ? '.' : relativeName.slice(0, end);
}

/** The last name of a path, `root` for the root itself. */
export function nameOfPath(path: string): string {
  return path.split('/').findLast((one) => one !== '') ?? 'root';
}

/** Entries that are told one by one. */
const MOST_TOLD = 3;

/** What is said of entries that could not be read; the rows have the rest. */
export function unreadNotes(entries: readonly { readonly name: string; readonly error: string }[]): readonly string[] {
  const unread = entries.filter(({ error }) => error !== '');
  if (unread.length === 0) return [];
  const told = unread.slice(0, MOST_TOLD).map(({ name, error }) => `error reading file ${name}: ${error}`);
  const more = unread.length - told.length;
  return more === 0 ? told : [...told, `${formatNumber(more)} more could not be read; see the column ERROR.`];
}
