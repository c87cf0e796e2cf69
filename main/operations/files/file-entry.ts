import type { FileEntry, FileKind } from '../../../preload/contract/index.ts';
import type { MethodReply } from '../../talos/method-types.ts';
import { momentCell, wholeCell } from '../commands/kit/cells.ts';
import { fileMode } from '../commands/files/file-mode.ts';

/** One entry as a node sends it. */
export type ListedFile = MethodReply<'/machine.MachineService/List'>;

/** A name of Linux has at most 255 bytes. */
const MOST_NAME = 255;
/** What a link may be long. */
const MOST_LINK = 4096;
const MOST_ERROR = 500;

/** Bits of Go's fs.FileMode, the first that is set decides. */
const KINDS: readonly (readonly [bit: number, kind: FileKind])[] = [
  [31, 'folder'],
  [27, 'link'],
  [26, 'device'],
  [25, 'pipe'],
  [24, 'socket'],
  [19, 'other'],
];

const kindOf = (mode: number): FileKind => KINDS.find(([bit]) => Math.floor(mode / 2 ** bit) % 2 === 1)?.[1] ?? 'file';

/** What is asked for what lies directly in a folder, or for one file. */
export const listRequest = (root: string) => ({
  root,
  recurse: false,
  recursion_depth: 1,
  types: [],
  report_xattrs: false,
});

/** True for a name that an entry of a folder can have: what a path could be made of is none. */
export function isEntryName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.length <= MOST_NAME && !/[/\0]/.test(name);
}

/** An entry as the page gets it, called `name`. Never throws, whatever the node sent. */
export function fileEntry(name: string, { mode, uid, gid, size, modified, link, error }: ListedFile): FileEntry {
  if (error !== '') return { name, kind: 'other', error: error.slice(0, MOST_ERROR) };
  const bytes = wholeCell(size);
  const modifiedMs = momentCell({ seconds: modified });
  return {
    name,
    kind: kindOf(mode),
    mode: fileMode(mode),
    uid,
    gid,
    ...(typeof bytes === 'number' && bytes >= 0 && { size: bytes }),
    ...(modifiedMs !== null && { modifiedMs }),
    ...(link !== '' && { link: link.slice(0, MOST_LINK) }),
  };
}
