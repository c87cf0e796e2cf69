import { formatDate } from './format.ts';

const HOUR_MS = 3_600_000;
/** When a working day begins. */
const MORNING_HOUR = 8;

/** A moment until which something is kept quiet. */
export interface MuteChoice {
  readonly id: string;
  /** `For an hour`, `Until tomorrow, 08:00`. */
  readonly label: string;
  readonly untilMs: number;
}

/** Moments that are worth offering: within a shift, the next morning, the next week, and a month for what is known and planned. */
export function muteChoices(nowMs: number): readonly MuteChoice[] {
  const inDays = (days: number): number => {
    const morning = new Date(nowMs);
    morning.setDate(morning.getDate() + days);
    morning.setHours(MORNING_HOUR, 0, 0, 0);
    return morning.getTime();
  };
  return [
    { id: 'hour', label: 'For an hour', untilMs: nowMs + HOUR_MS },
    { id: 'shift', label: 'For 8 hours', untilMs: nowMs + 8 * HOUR_MS },
    { id: 'tomorrow', label: 'Until tomorrow, 08:00', untilMs: inDays(1) },
    { id: 'week', label: `Until ${formatDate(inDays(7))}, 08:00`, untilMs: inDays(7) },
    { id: 'month', label: `Until ${formatDate(inDays(30))}, 08:00`, untilMs: inDays(30) },
  ];
}
