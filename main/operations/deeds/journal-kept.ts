import type { DeedRecord } from '../../../preload/contract/index.ts';
import type { DeedTrace } from '../plans/journal.ts';
import { deedLines, lineText, type TookOf } from './journal-lines.ts';

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
  readonly took: ReadonlyMap<string, TookOf>;
  /** Older ones go, epoch milliseconds. */
  readonly sinceMs: number;
  /** Of the file that is written anew. */
  readonly mostBytes: number;
}

/** The newest deeds, oldest first: all that are not over, and of the others what has room. */
export function newest(
  deeds: ReadonlyMap<string, DeedRecord>,
  { traces, took, sinceMs, mostBytes }: Keeping,
): readonly DeedRecord[] {
  const kept: DeedRecord[] = [];
  let bytes = 0;
  for (const deed of [...deeds.values()].reverse()) {
    if (!isYoung(sinceMs)(deed) || (deed.isOver && kept.length >= MOST_DEEDS)) continue;
    bytes += deedLines(deed, traces.get(deed.id), took.get(deed.id)).reduce(
      (sum, line) => sum + lineText(line).length,
      0,
    );
    if (deed.isOver && bytes > mostBytes && kept.length > 0) continue;
    kept.unshift(deed);
  }
  return kept;
}
