import type { NodeSummary } from '../../../preload/contract/index.ts';
import { formatTime } from '../../lib/format.ts';

export interface SeenDot {
  readonly state: 'ready' | 'failed' | 'unknown';
  readonly label: string;
}

/** What is known about a node's being there. Not asked is drawn as unknown, never as fine. */
export function seenDot({ seen }: NodeSummary): SeenDot {
  if (!seen) return { state: 'unknown', label: 'not asked yet' };
  const at = formatTime(seen.atMs);
  if (seen.state === 'online') return { state: 'ready', label: `answered at ${at}` };
  return { state: 'failed', label: `offline at ${at}${seen.message === undefined ? '' : `: ${seen.message}`}` };
}
