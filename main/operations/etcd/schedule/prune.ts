import { unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { KnownSnapshots, SnapshotRecord } from '../known-snapshots.ts';

/** What the schedule calls its files; nothing else is ever removed. */
const OWN_NAME = /-etcd-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.snapshot$/;

/**
 * Removes the older ones of those that the schedule of a cluster took, by their name and by what was noted of each file: one that is
 * another file by now, or that the user chose for something, stays. Rejects when one cannot be removed.
 */
export async function prune(known: KnownSnapshots, cluster: string, keep: number): Promise<void> {
  const own = known.of(cluster).filter(({ from }) => from === 'schedule');
  for (const record of own.slice(keep)) {
    if (isOwn(record) && (await known.isThere(record))) await unlink(record.path);
    await known.forget(record.id);
  }
}

const isOwn = ({ path }: SnapshotRecord): boolean => OWN_NAME.test(basename(path));
