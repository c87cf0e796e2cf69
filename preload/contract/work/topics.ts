import { call, nothing } from '../call.ts';
import type { RunSummary } from './runs.ts';

/** Topics about runs. */
export const workTopics = {
  /** The last 50 runs of this window, newest first. */
  'runs.history': call<readonly RunSummary[]>()(nothing),
} as const;
