import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import { formatBytes } from '../../../preload/contract/format/sizes.ts';
import type { RunNote } from '../../../preload/contract/index.ts';
import { NO_MEMBER } from './member-id.ts';

/** What one member says of itself; sizes in bytes, places of the log as counts. */
export interface MemberStatus {
  /** 16 hexadecimal digits, as the leader's. */
  readonly id: string;
  readonly leader: string;
  readonly sizeBytes: number;
  readonly usedBytes: number;
  readonly raftIndex: number;
  readonly appliedIndex: number;
  /** What it complains about; empty when nothing. */
  readonly errors: string;
}

/** etcd refuses requests of a member that has so many entries yet to apply. */
const MOST_UNAPPLIED = 5_000;

/** Less than this share in use, and defragmenting is worth its pause … */
const WORTH_SHARE = 0.5;
/** … when it frees at least so many bytes. */
const WORTH_BYTES = 64 * 1024 * 1024;

/** What the members that answered mean together: who leads, who does not follow, whose database is mostly empty. */
export function statusNotes(statuses: ReadonlyMap<string, MemberStatus>): readonly RunNote[] {
  const all = [...statuses];
  const where = (of: (status: MemberStatus) => boolean): readonly string[] =>
    all.filter(([, status]) => of(status)).map(([node]) => node);
  const notes: RunNote[] = [...leaderNotes(all)];
  const ill = where(({ errors }) => errors !== '');
  if (ill.length > 0) {
    const message = ill.length === 1 ? '1 member reports errors.' : `${ill.length} members report errors.`;
    notes.push({ severity: 'warning', message, nodes: ill });
  }
  const behind = where(({ raftIndex, appliedIndex }) => raftIndex - appliedIndex > MOST_UNAPPLIED);
  if (behind.length > 0) {
    const message = `${behind.length === 1 ? '1 member has' : `${behind.length} members have`} more than ${formatNumber(MOST_UNAPPLIED)} entries of the log yet to apply, and etcd refuses requests there.`;
    notes.push({ severity: 'warning', message, nodes: behind });
  }
  for (const [node, { sizeBytes, usedBytes }] of all) {
    const free = sizeBytes - usedBytes;
    if (usedBytes >= sizeBytes * WORTH_SHARE || free < WORTH_BYTES) continue;
    const message = `Less than half of the database file of ${node} is in use: defragmenting would free ${formatBytes(free)}.`;
    notes.push({ severity: 'info', message, nodes: [node] });
  }
  return notes;
}

function leaderNotes(all: readonly (readonly [node: string, status: MemberStatus])[]): readonly RunNote[] {
  if (all.length === 0) return [];
  const without = all.filter(([, { leader }]) => leader === NO_MEMBER).map(([node]) => node);
  const leaders = [...new Set(all.map(([, { leader }]) => leader))].filter((leader) => leader !== NO_MEMBER);
  const notes: RunNote[] = [];
  if (without.length > 0) {
    const who = without.length === 1 ? '1 member knows' : `${without.length} members know`;
    const message = `${who} no leader: too few members are there for a quorum, or one is being elected.`;
    notes.push({ severity: 'warning', message, nodes: without });
  }
  const [leader] = leaders;
  if (leaders.length > 1) {
    notes.push({
      severity: 'warning',
      message: 'The members name different leaders: one was just elected, or they are not of one etcd.',
    });
  } else if (leader !== undefined) {
    const node = all.find(([, { id }]) => id === leader)?.[0];
    const who = node === undefined ? `The leader is member ${leader}, which did not answer here` : `${node} leads`;
    notes.push({
      severity: 'info',
      message: `${who}: a majority of the members agrees.`,
      ...(node !== undefined && { nodes: [node] }),
    });
  }
  return notes;
}
