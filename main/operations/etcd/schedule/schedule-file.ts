import * as v from 'valibot';
import { SCHEDULE_HOURS, SCHEDULE_KEEPS } from '../../../../preload/contract/index.ts';
import { OwnList } from '../../../files/own/own-list.ts';
import type { Log } from '../../../lib/log.ts';

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const SCHEDULE = v.object({
  /** As `DeedPlace` says which cluster it is. */
  cluster: v.string(),
  /** The context that it was planned by. */
  place: v.optional(v.object({ file: v.string(), name: v.string() })),
  folder: v.string(),
  everyHours: whole(SCHEDULE_HOURS.least, SCHEDULE_HOURS.most),
  keep: whole(SCHEDULE_KEEPS.least, SCHEDULE_KEEPS.most),
  /** When the last one was taken; epoch milliseconds. */
  takenMs: v.optional(v.number()),
  /** When it failed last, and why; missing once one was taken. `isTaken`: only an older one could not be removed. */
  failed: v.optional(v.object({ atMs: v.number(), message: v.string(), isTaken: v.optional(v.literal(true)) })),
});

/** A schedule as it is kept. */
export type KeptSchedule = v.InferOutput<typeof SCHEDULE>;

const MOST_BYTES = 1024 * 1024;
const HOUR_MS = 3_600_000;
/** What failed is tried again so soon, or with the next turn if that is sooner. */
const TRY_AGAIN_MS = 15 * 60_000;
/** A clock that is set right may go back so far. */
const SLACK_MS = 60_000;

/** When the next one is due; epoch milliseconds, 0 for at once. What was written down of later than now is of a clock that was wrong. */
export function dueMs({ everyHours, takenMs, failed }: KeptSchedule, nowMs: number): number {
  const isOver = (atMs: number): boolean => atMs <= nowMs + SLACK_MS;
  const turn = takenMs === undefined || !isOver(takenMs) ? 0 : takenMs + everyHours * HOUR_MS;
  return failed === undefined || !isOver(failed.atMs) ? turn : Math.max(turn, failed.atMs + TRY_AGAIN_MS);
}

/** The file of the schedules. */
export const scheduleFile = (path: string, log: Log): OwnList<KeptSchedule> =>
  new OwnList({
    ...{ path, name: 'schedules', words: 'the schedules of snapshots', entry: SCHEDULE, mostBytes: MOST_BYTES, log },
  });
