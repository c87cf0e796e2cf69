import { formatDuration } from '../../../../preload/contract/format/durations.ts';

/** `48 s`, `2 min 5 s`: whole seconds, at least one. */
export const seconds = (ms: number): string => formatDuration(Math.max(1, Math.round(ms / 1000)) * 1000);
