import { call, nothing } from '../call.ts';
import type { UpdateState } from './updates.ts';

/** Topics about newer versions of Minos. */
export const updateTopics = {
  /** What is known of newer versions; watching it asks nobody. */
  'updates.state': call<UpdateState>()(nothing),
} as const;
