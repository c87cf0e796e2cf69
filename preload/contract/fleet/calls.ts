import * as v from 'valibot';
import { call, contextName, nothing } from '../call.ts';

/** Calls about all clusters together. */
export const fleetCalls = {
  /** Look at these contexts now, or at all of them: 32 at a time, 3 s each. The state tells how far it is. */
  'fleet.check': call<void>()(
    v.strictObject({ contexts: v.optional(v.pipe(v.array(contextName), v.maxLength(1000))) }),
  ),
  /** End the check that is under way; what was found stays. */
  'fleet.stop': call<void>()(nothing),
} as const;
