import { strictObject } from 'valibot';
import { call } from '../call.ts';
import type { DeedsState } from './deeds.ts';
import type { DeedsUnderWay } from './progress.ts';

/** Topics about what changes clusters. */
export const deedTopics = {
  /** What was done to clusters, and what is being done. */
  'deeds.state': call<DeedsState>()(strictObject({})),
  /** Deeds that are under way, and how far each machine is. */
  'deeds.progress': call<DeedsUnderWay>()(strictObject({})),
} as const;
