import { rm } from 'node:fs/promises';
import { Failed } from '../../lib/failed.ts';
import { bytesIfPresent } from '../read-file.ts';
import {
  boundedWhat,
  bytesPath,
  hashOf,
  idOfName,
  isBeingMade,
  newBytesPath,
  readEntry,
  type HistoryEntry,
  type Moment,
} from './history-entry.ts';
import type { Seal } from './history-options.ts';
import { createOwnFile, namesIn } from './own-file.ts';
import { versionBytes } from './version-bytes.ts';

/** Keeps the bytes that are about to be written into a file in place: only with them it can be told afterwards what a crash left. */
export async function noteInPlace(
  folder: string,
  { id }: Pick<HistoryEntry, 'id'>,
  after: Uint8Array,
  seal: Seal | undefined,
): Promise<void> {
  await createOwnFile(newBytesPath(folder, id), seal ? await seal.seal(after) : after);
}

/** What {@link mendInPlace} works with. */
export interface Mending extends Moment {
  readonly seal: Seal | undefined;
  /** Writes an entry anew. */
  readonly write: (entry: HistoryEntry) => Promise<void>;
  /** Forgets an entry and its bytes. */
  readonly drop: (entry: HistoryEntry) => Promise<void>;
}

/**
 * Looks at the versions of one file for changes that a process wrote in place and did not finish. The entry of one that is written in part names
 * what is in the file, so that undo puts the old version back; one that was not begun is forgotten. What another program wrote since then is
 * left as it is. Throws Failed; then the next start tries again.
 */
export async function mendInPlace(folder: string, mending: Mending): Promise<void> {
  const names = (await namesIn(folder)).filter((name) => idOfName(name) !== undefined).sort();
  const newest = idOfName(names.findLast((name) => name.endsWith('.json')) ?? '');
  for (const name of names.filter((one) => one.endsWith('.new'))) {
    const id = idOfName(name) ?? '';
    if (isBeingMade(id, mending)) continue;
    const entry = await readEntry(folder, `${id}.json`);
    if (entry !== undefined && id === newest) await mend(folder, entry, mending);
    await rm(newBytesPath(folder, id), { force: true });
  }
}

async function mend(folder: string, entry: HistoryEntry, { seal, write, drop }: Mending): Promise<void> {
  const { id, before, after } = entry;
  const present = await bytesIfPresent(entry.path);
  const hash = hashOf(present);
  if (present === undefined || hash === after) return;
  if (hash === before) return drop(entry);
  const kept = [
    { at: bytesPath(folder, id), sha256: before },
    { at: newBytesPath(folder, id), sha256: after },
  ].map(({ at, sha256 }) => versionBytes(at, { ...entry, sha256 }, seal).catch(ifNeverThere));
  const [old, next] = await Promise.all(kept);
  if (old === undefined || next === undefined || !isBetween(present, old, next)) return;
  await write({ ...entry, what: boundedWhat(`${entry.what} (written only in part)`), after: hash, lost: ['*'] });
}

/** Of a version that is damaged nothing can be told, also at the next start; one that cannot be opened now may be then. */
function ifNeverThere(error: unknown): undefined {
  if (error instanceof Failed && ['file-invalid', 'not-found'].includes(error.failure.code)) return undefined;
  throw error;
}

const LINE_END = 0x0a;

/** Whether a file is what writing `next` over `old` leaves in the middle: each byte is of one of them, and what is shorter was padded. */
export function isBetween(present: Uint8Array, old: Uint8Array, next: Uint8Array): boolean {
  if (present.length < old.length || present.length > Math.max(old.length, next.length)) return false;
  return present.every((byte, at) => byte === (next[at] ?? LINE_END) || byte === old[at]);
}
