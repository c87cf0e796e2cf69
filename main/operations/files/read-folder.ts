import { MOST_FOLDER_ENTRIES, type FileEntry, type FolderItem } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed, isCancelled } from '../../lib/failed.ts';
import type { Caller } from '../clusters/caller.ts';
import { nameOfPath } from '../commands/files/entries.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import { fileEntry, isEntryName, listRequest, type ListedFile } from './file-entry.ts';
import { cleanPath } from './file-path.ts';

const DEADLINE_MS = 60_000;
/** Entries in one item. */
const PER_ITEM = 200;

/** A folder of a node. */
export interface FolderWish {
  readonly node: string;
  readonly path: string;
}

/**
 * What a folder holds, while the node sends it. A link to a folder is followed. Throws Failed: what calls throw, and
 * `precondition` for a folder that the node cannot read.
 */
export async function* readFolder(
  caller: Caller,
  clock: Clock,
  wish: FolderWish,
  signal: AbortSignal,
): AsyncGenerator<FolderItem, void, undefined> {
  const { node } = wish;
  const path = cleanPath(wish.path);
  yield { type: 'started', path, talosctl: talosctlLine(caller, [node], ['list', path, '-l']) };
  const entries: FileEntry[] = [];
  let told = 0;
  let refused = 0;
  let isCut = false;
  let first: ListedFile | undefined;
  try {
    const options = { node, deadlineMs: DEADLINE_MS, signal };
    for await (const listed of caller.serverStream('/machine.MachineService/List', listRequest(path), options)) {
      const { relative_name: name, error } = listed;
      first ??= listed;
      if (name === '.') {
        if (error !== '') throw unreadable(error);
        continue;
      }
      if (!isEntryName(name)) {
        refused += 1;
        continue;
      }
      if (told + entries.length >= MOST_FOLDER_ENTRIES) {
        isCut = true;
        break;
      }
      entries.push(fileEntry(name, listed));
      if (entries.length < PER_ITEM) continue;
      told += entries.length;
      yield { type: 'entries', entries: entries.splice(0) };
    }
  } catch (error) {
    if (signal.aborted || isCancelled(error) || error instanceof Failed) throw error;
    throw new Failed(caller.explain(error, { node }), error);
  }
  // A folder tells of itself first; a path that leads to a file, of that alone.
  const [only] = entries;
  if (told === 0 && entries.length === 1 && only !== undefined && first?.relative_name !== '.') {
    yield { type: 'noFolder', entry: { ...only, name: nameOfPath(path) } };
  } else if (entries.length > 0) {
    yield { type: 'entries', entries };
  }
  yield { type: 'end', atMs: clock.now(), isCut, refused };
}

const unreadable = (details: string): Failed =>
  new Failed({
    code: 'precondition',
    message: 'The node cannot read this folder.',
    hint: 'It may be of a file system that is gone, or of the kernel. The folders beside it can be read.',
    details,
  });
