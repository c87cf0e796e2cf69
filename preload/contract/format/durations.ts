import { formatNumber, formatWhole } from './numbers.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
/** A day, in ms. */
export const DAY_MS = 24 * HOUR_MS;

/** `0.4 ms`, `11 ms`, `0.31 s`, `12 s`, `2 min 5 s`, `3 h 10 min`, `4 d 2 h`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs)) return '–';
  const ms = Math.max(0, durationMs);
  if (ms < 1) return `${formatNumber(Math.round(ms * 10) / 10)} ms`;
  if (ms < 100) return `${formatWhole(ms)} ms`;
  if (ms < 10 * SECOND_MS) return `${formatNumber(ms / SECOND_MS)} s`;
  if (ms < MINUTE_MS) return `${formatWhole(Math.floor(ms / SECOND_MS))} s`;
  if (ms < HOUR_MS) return pair(ms, MINUTE_MS, 'min', SECOND_MS, 's');
  if (ms < DAY_MS) return pair(ms, HOUR_MS, 'h', MINUTE_MS, 'min');
  return pair(ms, DAY_MS, 'd', HOUR_MS, 'h');
}

function pair(ms: number, bigMs: number, bigUnit: string, smallMs: number, smallUnit: string): string {
  const big = Math.floor(ms / bigMs);
  const small = Math.floor((ms % bigMs) / smallMs);
  return small === 0 ? `${formatWhole(big)} ${bigUnit}` : `${formatWhole(big)} ${bigUnit} ${small} ${smallUnit}`;
}

/** `4 s`, `4 min`, `3 h`, `12 d`: one unit, rounded down. Small units are left out: it is read, not measured. */
export function formatSpan(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  return ms < DAY_MS ? `${Math.floor(ms / HOUR_MS)} h` : `${Math.floor(ms / DAY_MS)} d`;
}

/** `just now`, `12 s ago`, `3 min ago`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const ageMs = nowMs - atMs;
  return ageMs < 2 * SECOND_MS ? 'just now' : `${formatSpan(ageMs)} ago`;
}
