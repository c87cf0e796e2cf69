import * as v from 'valibot';
import { call, contextName } from '../call.ts';
import type { TimelineEntry } from './timeline.ts';

/** What happened to a cluster. */
export const timelineStreams = {
  /** What is known of this session, oldest first, then each new entry, and entries again when they end. Asks no node for anything. */
  timeline: call<TimelineEntry>()(v.strictObject({ context: contextName })),
} as const;
