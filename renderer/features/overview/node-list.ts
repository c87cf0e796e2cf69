import type { NodesState } from '../../../preload/contract/index.ts';
import { formatClock } from '../../lib/format.ts';
import type { Live } from '../../state/live.ts';

/** What `Remote` draws of the list of nodes. */
interface NodeList {
  readonly value: NodesState | undefined;
  readonly isStale: boolean;
  readonly staleText?: string;
}

/** The list of nodes as panels draw it: nothing before it was read, and as of when where it is old. */
export function nodeListOf(nodes: Live<NodesState> | undefined, nowMs: number): NodeList {
  const state = nodes?.current?.status === 'loading' ? undefined : nodes?.current;
  return {
    value: state,
    isStale: state?.status === 'stale',
    ...(state?.asOfMs !== undefined && { staleText: `As of ${formatClock(state.asOfMs, nowMs)}, retrying.` }),
  };
}
