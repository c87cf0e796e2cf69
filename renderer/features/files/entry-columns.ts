import type { FileEntry, FileKind } from '../../../preload/contract/index.ts';
import type { IconName } from '../../components/icons.ts';
import type { TableColumn } from '../../components/table/table-model.ts';
import { formatBytes, formatMoment } from '../../lib/format.ts';
import { showUnseen } from '../../lib/unseen-signs.ts';

/** What kinds are called; signs alone would not do. */
export const KIND_WORD: Readonly<Record<FileKind, string>> = {
  folder: 'folder',
  file: 'file',
  link: 'link',
  device: 'device',
  pipe: 'pipe',
  socket: 'socket',
  other: 'not known',
};

/** The sign of a kind. */
export const iconOf = ({ kind }: FileEntry): IconName =>
  kind === 'folder' ? 'folder' : kind === 'link' ? 'link' : kind === 'file' ? 'file' : 'help';

/** `bin → usr/bin`. */
export const nameText = ({ name, link }: FileEntry): string =>
  link === undefined ? showUnseen(name) : `${showUnseen(name)} → ${showUnseen(link)}`;

/** The columns of a folder. */
export const ENTRY_COLUMNS: readonly TableColumn<FileEntry>[] = [
  { id: 'name', title: 'NAME', text: nameText, sortBy: ({ name }) => name, isFixed: true, extraPx: 28 },
  {
    ...{ id: 'size', title: 'SIZE', align: 'end' as const },
    text: ({ kind, size }) => (kind === 'file' && size !== undefined ? formatBytes(size) : ''),
    sortBy: ({ kind, size }) => (kind === 'file' ? size : undefined),
  },
  {
    ...{ id: 'modified', title: 'MODIFIED' },
    text: ({ modifiedMs }) => (modifiedMs === undefined ? '' : formatMoment(modifiedMs)),
    sortBy: ({ modifiedMs }) => modifiedMs,
  },
  { id: 'mode', title: 'MODE', text: ({ mode = '' }) => mode, isMono: true },
  {
    ...{ id: 'owner', title: 'OWNER', isMono: true },
    text: ({ uid, gid }) => (uid === undefined ? '' : `${uid}:${gid}`),
    sortBy: ({ uid }) => uid,
  },
];

/** Folders first, each part in the order in which the node sends it: by name. */
export function foldersFirst(entries: readonly FileEntry[]): readonly FileEntry[] {
  const isFolder = ({ kind }: FileEntry): boolean => kind === 'folder';
  return [...entries.filter(isFolder), ...entries.filter((entry) => !isFolder(entry))];
}
