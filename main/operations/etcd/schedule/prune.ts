import { unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { KnownSnapshots, SnapshotRecord } from '../known-snapshots.ts';

/** What the schedule calls its files; nothing else is ever removed. */
const OWN_NAME = /-etcd-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.snapshot$/;

/** What is kept of those that a schedule took. */
interface Keeping {
  /** So many whose files are there, the last that were taken. */
  readonly keep: number;
  /** One that a recovery goes on with, by its id: it stays. */
  readonly isChosen: (id: string) => boolean;
}

/**
 * Removes the older ones of those that the schedule of a cluster took, by their name and by what was noted of each file: one that is
 * another file by now, or that the user chose for something, stays. Which are older is told by the order in which they were taken: a clock
 * that was wrong says nothing. One that cannot be removed hinders no other; then it rejects at the end.
 */
export async function prune(
  known: Pick<KnownSnapshots, 'ofSchedule' | 'isThere' | 'forget'>,
  cluster: string,
  { keep, isChosen }: Keeping,
): Promise<void> {
  let kept = 0;
  let problem: { readonly error: unknown } | undefined;
  for (const record of known.ofSchedule(cluster)) {
    const isThere = await known.isThere(record);
    if (kept < keep) {
      if (isThere) kept += 1;
      continue;
    }
    if (isChosen(record.id)) continue;
    try {
      if (isThere && isOwn(record)) await unlink(record.path);
      await known.forget(record.id);
    } catch (error) {
      problem ??= { error };
    }
  }
  if (problem !== undefined) throw problem.error;
}

const isOwn = ({ path }: SnapshotRecord): boolean => OWN_NAME.test(basename(path));
