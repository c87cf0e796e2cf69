import { strictObject } from 'valibot';
import { call, token } from '../call.ts';
import type { DeedsState } from './deeds.ts';
import type { DeedsUnderWay } from './progress.ts';
import type { Rehearsal } from './rehearsal.ts';

/** Topics about what changes clusters. */
export const deedTopics = {
  /** What was done to clusters, and what is being done. */
  'deeds.state': call<DeedsState>()(strictObject({})),
  /** Deeds that are under way, and how far each machine is. */
  'deeds.progress': call<DeedsUnderWay>()(strictObject({})),
  /**
   * A plan that waits, tried out on a simulated cluster of the same shape: begins when it is watched, and all of it goes when it is not
   * watched any more. Nothing of the real cluster changes. `not-found` for an old plan, `busy` while another one is rehearsed,
   * `not-supported` for a kind of deed without `isRehearsed`.
   */
  'deeds.rehearsal': call<Rehearsal>()(strictObject({ token })),
} as const;
