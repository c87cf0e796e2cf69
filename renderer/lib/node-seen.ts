import type { NodeSummary } from '../../preload/contract/index.ts';
import { formatTime } from './format.ts';

/**
 * What the last call said about a node, for lists to choose from that do not follow how nodes are; what follows it says it by
 * `health-words.ts`.
 */

/** Known not to have answered when it was asked last, as opposed to not asked. */
export const isMissing = ({ seen }: NodeSummary): boolean => seen !== undefined && seen.state !== 'online';

/** `offline since 14:02:11`, `no answer since 14:02:11`, `answered at 14:02:11`: a time with each. */
export function seenWords({ seen }: NodeSummary): string {
  if (!seen) return 'not asked yet';
  if (seen.state === 'online') return `answered at ${formatTime(seen.atMs)}`;
  return `${WORD[seen.state]} since ${formatTime(seen.sinceMs ?? seen.atMs)}`;
}

const WORD = { offline: 'offline', silent: 'no answer', untrusted: 'not trusted' } as const;
