import type { TimelineKind } from '../../../preload/contract/index.ts';
import { sessionPart } from '../../state/session-part.ts';

/** What an incident is looked back at: ten minutes. */
export const RECENT_MS = 600_000;

/** What the Time line screen shows; it outlives leaving the screen. */
export class TimelineChoice {
  /** Only these kinds; none means all. */
  only = $state.raw<ReadonlySet<TimelineKind>>(new Set());
  text = $state('');
  /** How far back; undefined shows the whole session. */
  windowMs = $state<number | undefined>(3_600_000);

  toggle(kind: TimelineKind): void {
    const only = new Set(this.only);
    if (!only.delete(kind)) only.add(kind);
    this.only = only;
  }

  /** What changed in the last ten minutes, of every kind and node. */
  showRecent(): void {
    this.only = new Set();
    this.text = '';
    this.windowMs = RECENT_MS;
  }
}

/** What the Time line screen of a window shows. */
export const timelineOf = sessionPart(() => new TimelineChoice());
