import { utcMinute } from '../../lib/utc-minute.ts';
import type { SnapshotRecord } from './known-snapshots.ts';

const WHEN = {
  ...{ schedule: 'taken at', taken: 'taken at', disk: 'copied from its disk at' },
  chosen: 'its file last written at',
} as const;

/** What a snapshot holds and of when it is, without a dot: `revision 120,331, 400 keys, hash 1a2b3c4d, taken at 2026-11-29 14:02 UTC`. */
export function snapshotFileWords({ revision, keys, hash, from, node, atMs }: SnapshotRecord): string {
  const count = keys === undefined ? 'too many keys to be counted' : `${keys.toLocaleString('en')} keys`;
  const of = node === undefined ? '' : `of ${node}, `;
  return `${of}revision ${revision.toLocaleString('en')}, ${count}, hash ${hash}, ${WHEN[from]} ${utcMinute(atMs)}`;
}
