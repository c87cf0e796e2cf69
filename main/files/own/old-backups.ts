import { rm } from 'node:fs/promises';
import { backupPath } from '../beside-names.ts';
import { sha256Hex } from '../fingerprint.ts';
import { bytesIfPresent } from '../read-file.ts';
import { hashOf, newEntryId, type HistoryEntry } from './history-entry.ts';
import { kindOf, readOwnFile } from './own-file.ts';

/** What {@link takeOverBackup} needs of a file's versions. */
export interface BackupKeeper {
  /** Oldest first. */
  entries(): Promise<readonly HistoryEntry[]>;
  /** The version of an entry, proven by its hash. Throws Failed. */
  bytesOf(entry: HistoryEntry): Promise<Uint8Array>;
  /** Writes a version down. Throws Failed. */
  keep(entry: HistoryEntry, bytes: Uint8Array): Promise<void>;
  readonly mostEntries: number;
  /** Versions from before go away. */
  readonly oldestMs: number;
  readonly nowMs: number;
  /** False when a change follows that will be the latest one. */
  readonly isAtStart: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Earlier versions of Minos kept the version before their first touch beside the file, for ever, with the file's old mode,
 * where \`ls config*\` lists it. It goes once the versions hold it, never before. Anything but a plain file stays.
 */
export async function takeOverBackup(path: string, keeper: BackupKeeper): Promise<void> {
  const backup = backupPath(path);
  if ((await kindOf(backup)) !== 'file') return;
  const bytes = await readOwnFile(backup);
  const before = sha256Hex(bytes);
  const entries = await keeper.entries();
  const current = hashOf(await bytesIfPresent(path));
  if (before !== current && !(await isHeld(before, entries, keeper))) {
    const place = placeOf(entries, current, keeper);
    // For want of a place below the latest change: the next change makes one.
    if (!place) return;
    const what = 'The version before Minos first changed this file';
    const entry = { id: newEntryId(place.atMs), path, ...place, what, before, diff: [], isSealed: false };
    await keeper.keep(entry, bytes);
    if (!(await isHeld(before, await keeper.entries(), keeper))) return;
  }
  await rm(backup, { force: true });
}

/** Before the oldest change, unless it would go away at once there; else now, but never above a change that can be undone. */
function placeOf(
  entries: readonly HistoryEntry[],
  current: string,
  { mostEntries, oldestMs, nowMs, isAtStart }: BackupKeeper,
): Pick<HistoryEntry, 'atMs' | 'after'> | undefined {
  const [oldest] = entries;
  if (oldest && entries.length < mostEntries && oldest.atMs - 1 >= oldestMs + DAY_MS)
    return { atMs: oldest.atMs - 1, after: oldest.before };
  if (oldest && isAtStart) return undefined;
  return { atMs: Math.max(nowMs, (entries.at(-1)?.atMs ?? 0) + 1), after: current };
}

async function isHeld(sha256: string, entries: readonly HistoryEntry[], keeper: BackupKeeper): Promise<boolean> {
  for (const entry of entries) {
    if (entry.before !== sha256) continue;
    const isWhole = await keeper.bytesOf(entry).then(
      () => true,
      () => false,
    );
    if (isWhole) return true;
  }
  return false;
}
