import type { NodeSummary } from '../../preload/contract/index.ts';
import { formatTime } from './format.ts';

export interface SeenDot {
  readonly state: 'ready' | 'failed' | 'unknown';
  readonly label: string;
}

/** Known not to answer, as opposed to not asked. */
export const isMissing = ({ seen }: NodeSummary): boolean => seen !== undefined && seen.state !== 'online';

/** `offline since 14:02:11`, `no answer since 14:02:11`, `answered at 14:02:11`: the same on every screen. */
export function seenWords({ seen }: NodeSummary): string {
  if (!seen) return 'not asked yet';
  if (seen.state === 'online') return `answered at ${formatTime(seen.atMs)}`;
  return `${WORD[seen.state]} since ${formatTime(seen.sinceMs ?? seen.atMs)}`;
}

/** What is known about a node's being there. What is not known is drawn as unknown, never as fine. */
export function seenDot(node: NodeSummary): SeenDot {
  const { seen } = node;
  const why = seen?.message === undefined ? '' : `: ${seen.message}`;
  return { state: seen === undefined ? 'unknown' : SIGN[seen.state], label: `${seenWords(node)}${why}` };
}

const WORD = { offline: 'offline', silent: 'no answer', untrusted: 'not trusted' } as const;

/** A node that does not answer may be slow. */
const SIGN = { online: 'ready', offline: 'failed', silent: 'unknown', untrusted: 'failed' } as const;
