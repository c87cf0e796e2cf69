import { visible } from '../../../preload/contract/visible.ts';
import { formatDuration, formatNumber } from '../../lib/format.ts';
import type { LensMark } from '../protocol.ts';

/** A mark in one sentence, without signs that act or hide; `name` is its source's. */
export function markText(mark: LensMark, name: string): string {
  return visible(sentence(mark, name));
}

function sentence(mark: LensMark, name: string): string {
  if (mark.type === 'dropped') {
    const lines = mark.count === 1 ? '1 line is' : `${formatNumber(mark.count)} lines are`;
    return `${name}: ${lines} missing here; they came faster than they were taken.`;
  }
  const { from, to, gapMs, missing, containerId } = mark;
  const after = formatDuration(gapMs);
  if (containerId !== undefined) return `${name}: the container came back as ${containerId} after ${after}.`;
  const way =
    from === to ? `the stream broke and went on after ${after}` : `${from} was lost, ${to} goes on after ${after}`;
  return `${name}: ${way}; ${MISSING[missing]}`;
}

const MISSING = {
  nothing: 'nothing is missing.',
  unknown: 'lines may be missing.',
  restarted: 'what follows is of a new start, and lines before it may be missing.',
} as const;
