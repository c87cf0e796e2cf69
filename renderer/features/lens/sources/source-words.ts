import type { LensSourceState, LensSourceWish } from '../../../../preload/contract/index.ts';
import { formatSpan, formatTime, plural } from '../../../lib/format.ts';
import { showUnseen } from '../../../lib/unseen-signs.ts';

/** So long a stream may be quiet before it is worth saying. */
const QUIET_MS = 10_000;

/** What a source is called beside its node: `etcd`, `kernel`, `shop/checkout-7b2:app`. */
export function sourceWord(wish: LensSourceWish): string {
  return wish.kind === 'service' || wish.kind === 'container' ? showUnseen(wish.id) : wish.kind;
}

/** The same where there is little room: of a container, its pod without the namespace. */
export function shortSourceWord(wish: LensSourceWish): string {
  return wish.kind === 'container' ? showUnseen(wish.id.replace(/^[^/]*\//, '')) : sourceWord(wish);
}

/** How a source is, by sign and words. */
export interface SourceStanding {
  readonly dot: 'ready' | 'busy' | 'unknown' | 'failed' | 'disabled';
  readonly words: string;
  /** What is shown of it may be old: nothing proves that it would be heard of. */
  readonly isStale: boolean;
}

/** Nothing proves that what is shown of it is new: its stream is not open, and not because all has come. */
export function isStale(state: LensSourceState | undefined): boolean {
  return state === undefined || state.state === 'silent' || state.state === 'away' || state.state === 'failed';
}

/** Tells a quiet source, whose stream is open, from one that is not reached. `lastAtMs`: when its last line came. */
export function sourceStanding(
  state: LensSourceState | undefined,
  lastAtMs: number | undefined,
  nowMs: number,
): SourceStanding {
  if (state === undefined) return { dot: 'disabled', words: 'no longer followed', isStale: true };
  const since = formatTime(state.sinceMs);
  switch (state.state) {
    case 'connecting':
      return { dot: 'busy', words: 'connecting', isStale: false };
    case 'open': {
      const quietMs = nowMs - Math.max(lastAtMs ?? state.sinceMs, state.sinceMs);
      if (quietMs >= QUIET_MS)
        return { dot: 'ready', words: `nothing for ${formatSpan(quietMs)}, stream open`, isStale: false };
      return { dot: 'ready', words: `open through ${showUnseen(state.endpoint)}`, isStale: false };
    }
    case 'silent':
      return { dot: 'failed', words: `not reached since ${since}`, isStale: true };
    case 'away':
      return { dot: 'unknown', words: `not there since ${since}, looked for`, isStale: true };
    case 'ended':
      return { dot: 'disabled', words: 'all of it has come', isStale: false };
    case 'failed':
      return { dot: 'failed', words: showUnseen(state.failure.message), isStale: true };
  }
}

/** `kubelet on 5 nodes`, `cp-1 kernel`, `3 sources on 5 nodes`. */
export function lensTitle(wishes: readonly LensSourceWish[], nameOf: (node: string) => string): string {
  const nodes = new Set(wishes.map(({ node }) => node));
  const words = new Set(wishes.map(shortSourceWord));
  const [node = ''] = nodes;
  const [word = 'Nothing'] = words;
  if (wishes.length === 0) return 'New lens';
  if (words.size === 1)
    return nodes.size === 1 ? `${nameOf(node)} ${word}` : `${word} on ${plural(nodes.size, 'node')}`;
  const where = nodes.size === 1 ? nameOf(node) : plural(nodes.size, 'node');
  return words.size <= 3 ? `${[...words].join(', ')} on ${where}` : `${plural(words.size, 'source')} on ${where}`;
}
