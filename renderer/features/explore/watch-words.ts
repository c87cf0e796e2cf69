import { formatNumber, formatTime, plural } from '../../lib/format.ts';
import type { ResourceWatch } from '../../state/resource-watch.svelte.ts';

export interface WatchState {
  readonly dot: 'ready' | 'busy' | 'unknown' | 'failed' | 'disabled';
  readonly words: string;
  /** What is shown may no longer be so. */
  readonly isStale: boolean;
}

/** What is true of the rows on screen: live, still coming, held, or as of some moment. */
export function watchState(watch: ResourceWatch | undefined, isAllDown: boolean): WatchState {
  if (watch === undefined) return { dot: 'unknown', words: 'Not watched', isStale: true };
  const asOf = watch.lastAtMs === undefined ? '' : `, as of ${formatTime(watch.lastAtMs)}`;
  const failed = watch.nodes.filter(({ state }) => state === 'failed').length;
  if (watch.phase === 'broken' || (failed > 0 && failed === watch.nodes.length)) {
    return { dot: 'failed', words: `Broken off${asOf}`, isStale: true };
  }
  if (watch.phase === 'ended') return { dot: 'disabled', words: `Stopped${asOf}`, isStale: true };
  if (isAllDown) return { dot: 'failed', words: `No endpoint answers${asOf}`, isStale: true };
  if (watch.isPaused) {
    const waiting = watch.held === 0 ? '' : `, ${plural(watch.held, 'change')} waiting`;
    return { dot: 'disabled', words: `Paused${waiting}`, isStale: true };
  }
  if (!watch.isComplete) return { dot: 'busy', words: 'Reading', isStale: false };
  const part = failed === 0 ? '' : `, ${formatNumber(failed)} of ${plural(watch.nodes.length, 'node')} not`;
  return { dot: failed === 0 ? 'ready' : 'busy', words: `Live${part}`, isStale: false };
}
