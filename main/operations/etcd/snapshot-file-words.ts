import { formatNumber, listOf, plural } from '../../../preload/contract/format/numbers.ts';
import { utcMinute } from '../../lib/utc-minute.ts';
import type { SnapshotRecord } from './known-snapshots.ts';

const WHEN = {
  ...{ schedule: 'taken at', taken: 'taken at', disk: 'copied from its disk at' },
  chosen: 'its file last written at',
} as const;

/**
 * What a snapshot holds, of which members and of when it is, without a dot: `revision 120,331, 400 keys, hash 1a2b3c4d, members cp-1 and cp-2,
 * taken at 2026-11-29 14:02 UTC`.
 */
export function snapshotFileWords({ revision, keys, hash, from, node, atMs, members = [] }: SnapshotRecord): string {
  const count = keys === undefined ? 'too many keys to be counted' : plural(keys, 'key');
  const of = node === undefined ? '' : `of ${node}, `;
  const whose = members.length === 0 ? '' : `members ${listOf(members, Infinity)}, `;
  return `${of}revision ${formatNumber(revision)}, ${count}, hash ${hash}, ${whose}${WHEN[from]} ${utcMinute(atMs)}`;
}
