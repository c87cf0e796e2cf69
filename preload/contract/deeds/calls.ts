import * as v from 'valibot';
import { call, contextName, nodeName } from '../call.ts';
import { MOST_DEED_MACHINES, SERVICE_ACTIONS, type DeedPreview } from './deeds.ts';

/** Calls that plan what changes a cluster. `plans.apply` carries a plan out. */
export const deedCalls = {
  /**
   * Plan to start, stop or restart a service on machines named one by one. They are read anew; nothing is done. `not-found` for
   * a machine nobody knows.
   */
  'deeds.service': call<DeedPreview>()(
    v.strictObject({
      context: contextName,
      nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(MOST_DEED_MACHINES)),
      service: v.pipe(v.string(), v.minLength(1), v.maxLength(253)),
      action: v.picklist(SERVICE_ACTIONS),
    }),
  ),
} as const;
