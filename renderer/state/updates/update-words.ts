import type { UpdateState } from '../../../preload/contract/index.ts';
import { formatClock } from '../../lib/format.ts';

/** What is known of newer versions, in a sentence. `own`: the version of this Minos. A failed look never reads as if there were none. */
export function updateWords(state: UpdateState, own: string, nowMs: number): string {
  const { way, isLooking, lookedAtMs, newest, offered, failure } = state;
  if (way === 'source') return 'This Minos is not packaged: it does not look for updates.';
  if (way === 'unnamed') return 'This build does not look for updates: it names no publisher.';
  if (isLooking) return 'Looking for a newer version…';
  if (lookedAtMs === undefined || newest === undefined) {
    return failure === undefined ? 'It was not looked for a newer version since Minos was started.' : NOT_KNOWN;
  }
  const asOf = `as of ${formatClock(lookedAtMs, nowMs)}`;
  if (offered !== undefined) return `Minos ${offered.version} is available, ${asOf}.`;
  if (failure !== undefined) return `${NOT_KNOWN} ${capital(asOf)} there was none.`;
  return newest === own
    ? `This is the newest version, ${asOf}.`
    : `There is nothing newer, ${asOf}: the newest that is published is ${newest}.`;
}

const NOT_KNOWN = 'It is not known whether there is a newer version.';

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
