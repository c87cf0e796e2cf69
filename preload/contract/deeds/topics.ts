import { strictObject } from 'valibot';
import { call } from '../call.ts';
import type { DeedsState } from './deeds.ts';

/** Topics about what changes clusters. */
export const deedTopics = {
  /** What was done to clusters, and what is being done. */
  'deeds.state': call<DeedsState>()(strictObject({})),
} as const;
