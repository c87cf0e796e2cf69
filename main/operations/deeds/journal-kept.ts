import type { DeedRecord } from '../../../preload/contract/index.ts';
import type { DeedTrace } from '../plans/journal.ts';
import { deedLines, lineText, tookLines, type JournalLine, type TookOf } from './journal-lines.ts';

/** Deeds that are kept, the newest. */
export const MOST_DEEDS = 500;

/** What is not over is never too old. */
export const isYoung =
  (sinceMs: number) =>
  ({ isOver, atMs }: DeedRecord): boolean =>
    !isOver || atMs >= sinceMs;

/** What is to be kept of the deeds in a file that has become large. */
export interface Keeping {
  readonly traces: ReadonlyMap<string, DeedTrace>;
  /** Older ones go, epoch milliseconds. */
  readonly sinceMs: number;
  /** Of the file that is written anew, without how long they took. */
  readonly mostBytes: number;
}

/** The newest deeds, oldest first: all that are not over, and of the others what has room. */
export function newest(
  deeds: ReadonlyMap<string, DeedRecord>,
  { traces, sinceMs, mostBytes }: Keeping,
): readonly DeedRecord[] {
  const kept: DeedRecord[] = [];
  let bytes = 0;
  for (const deed of [...deeds.values()].reverse()) {
    if (!isYoung(sinceMs)(deed) || (deed.isOver && kept.length >= MOST_DEEDS)) continue;
    bytes += lengthOf(deedLines(deed, traces.get(deed.id)));
    if (deed.isOver && bytes > mostBytes && kept.length > 0) continue;
    kept.unshift(deed);
  }
  return kept;
}

/** How long the newest of these deeds took, as far as it has room of its own: no deed is forgotten for it. */
export function newestTook(
  deeds: readonly DeedRecord[],
  took: ReadonlyMap<string, TookOf>,
  mostBytes: number,
): ReadonlyMap<string, TookOf> {
  const kept = new Map<string, TookOf>();
  let bytes = 0;
  for (const { id } of [...deeds].reverse()) {
    const of = took.get(id);
    if (of === undefined) continue;
    bytes += lengthOf(tookLines(id, of));
    if (bytes > mostBytes && kept.size > 0) break;
    kept.set(id, of);
  }
  return kept;
}

const lengthOf = (lines: readonly JournalLine[]): number => lines.reduce((sum, line) => sum + lineText(line).length, 0);
