import { formatAgo, formatNumber, formatTime, plural } from '../../lib/format.ts';
import type { ResourceWatch, WatchedNode } from '../../state/resource-watch.svelte.ts';

export interface WatchState {
  readonly dot: 'ready' | 'busy' | 'unknown' | 'failed' | 'disabled';
  readonly words: string;
  /** What is shown may no longer be so. */
  readonly isStale: boolean;
}

/** `no answer since 14:02:11, 12 s ago`. */
export function silenceWords(sinceMs: number, nowMs: number): string {
  return `no answer since ${formatTime(sinceMs)}, ${formatAgo(sinceMs, nowMs)}`;
}

/** What is true of the rows on screen: live, still coming, held, or as of some moment. */
export function watchState(watch: ResourceWatch | undefined, isAllDown: boolean, nowMs: number): WatchState {
  if (watch === undefined) return { dot: 'unknown', words: 'Not watched', isStale: true };
  const asOf = watch.lastAtMs === undefined ? '' : `, as of ${formatTime(watch.lastAtMs)}`;
  const failed = watch.nodes.filter(({ state }) => state === 'failed').length;
  const silent = silentOf(watch.nodes);
  if (watch.phase === 'broken' || (failed > 0 && failed === watch.nodes.length)) {
    return { dot: 'failed', words: `Broken off${asOf}`, isStale: true };
  }
  if (watch.phase === 'ended') return { dot: 'disabled', words: `Stopped${asOf}`, isStale: true };
  if (silent.length > 0 && silent.length + failed === watch.nodes.length) {
    const who = isAllDown ? 'No endpoint answers' : capital(silenceWords(latestOf(silent), nowMs));
    return { dot: 'failed', words: isAllDown ? `${who}, ${silenceAge(silent, nowMs)}` : who, isStale: true };
  }
  if (isAllDown) return { dot: 'failed', words: `No endpoint answers${asOf}`, isStale: true };
  if (watch.isPaused) {
    const waiting = watch.held === 0 ? '' : `, ${plural(watch.held, 'change')} waiting`;
    return { dot: 'disabled', words: `Paused${waiting}`, isStale: true };
  }
  if (!watch.isComplete) return { dot: 'busy', words: 'Reading', isStale: false };
  const missing = failed + silent.length;
  if (missing === 0) return { dot: 'ready', words: 'Live', isStale: false };
  const from = `${formatNumber(watch.nodes.length - missing)} of ${plural(watch.nodes.length, 'node')}`;
  return { dot: 'busy', words: `Live from ${from}`, isStale: false };
}

const silentOf = (nodes: readonly WatchedNode[]): readonly number[] =>
  nodes.flatMap(({ silent }) => (silent === undefined ? [] : [silent.sinceMs]));

/** Something was true until then. */
const latestOf = (since: readonly number[]): number => Math.max(...since);

const silenceAge = (since: readonly number[], nowMs: number): string =>
  `as of ${formatTime(latestOf(since))}, ${formatAgo(latestOf(since), nowMs)}`;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
