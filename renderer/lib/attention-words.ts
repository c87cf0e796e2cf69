import type { AttentionItem } from '../../preload/contract/index.ts';
import { formatClock } from './format.ts';
import { sinceWords } from './health-words.ts';
import { showUnseen } from './unseen-signs.ts';

/** An item of the attention list as it is drawn: sentences that can be shown as they are. */
export interface AttentionWords {
  readonly id: string;
  readonly severity: 'critical' | 'warning' | 'notice';
  readonly title: string;
  /** `since 14:02:11 (4 min)`. */
  readonly since: string;
  /** When it was seen last. */
  readonly seen: string;
  readonly details: readonly string[];
  /** What it was judged from is old. */
  readonly isStale: boolean;
  readonly isMuted: boolean;
  /** What the button says that does something about it. */
  readonly button?: string;
  /** What to type where Minos cannot do it. */
  readonly line?: { readonly label: string; readonly text: string };
}

/** How an item reads at a moment. */
export function attentionWords(item: AttentionItem, nowMs: number): AttentionWords {
  const { id, severity, title, detail, stale, sinceMs, seenAtMs, mutedUntilMs, action } = item;
  const isMuted = mutedUntilMs !== undefined && mutedUntilMs > nowMs;
  const until = isMuted ? [`Muted until ${formatClock(mutedUntilMs, nowMs)}.`] : [];
  const said = [detail, stale].filter((text) => text !== undefined && text !== '') as string[];
  return {
    ...{ id, severity, isMuted, title: showUnseen(title), isStale: stale !== undefined },
    since: sinceWords(sinceMs, nowMs),
    seen: `Seen last at ${formatClock(seenAtMs, nowMs)}`,
    details: [...said.map(showUnseen), ...until],
    ...(action && action.kind !== 'talosctl' ? { button: showUnseen(action.label) } : {}),
    ...(action?.kind === 'talosctl' ? { line: { label: `${showUnseen(action.label)}:`, text: action.line } } : {}),
  };
}
