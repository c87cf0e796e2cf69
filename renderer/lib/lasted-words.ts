import { formatDuration } from './format.ts';

/** `4 min 10 s`, `4 min 10 s so far` while it lasts; empty for what happened in a moment. Whole seconds tick. */
export function lastedWords(
  { atMs, endedAtMs }: { readonly atMs: number; readonly endedAtMs?: number },
  nowMs: number,
): string {
  if (endedAtMs === undefined) return `${formatDuration(Math.floor(Math.max(0, nowMs - atMs) / 1000) * 1000)} so far`;
  return endedAtMs === atMs ? '' : formatDuration(endedAtMs - atMs);
}
