import * as v from 'valibot';
import { call, commandParams, contextName, nodeName, nothing, token } from '../call.ts';
import type { Saved } from '../work/answers.ts';
import { DEED_FORMATS, MOST_DEED_MACHINES, type DeedPreview, type DeedRest, type DeedSummary } from './deeds.ts';
import { DEED_ORDERS } from './progress.ts';
import type { OpenedPlan } from './saved-plans.ts';

/** Of a deed in the journal. */
const deedId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** Calls that plan what changes a cluster. `plans.apply` carries a plan out. */
export const deedCalls = {
  /** What can be done to machines, each with what has to be said for it. */
  'deeds.list': call<readonly DeedSummary[]>()(nothing),
  /**
   * Plan a deed on machines named one by one. They are read anew; nothing is done. `not-found` for a machine nobody knows, `invalid` for
   * a deed that is not in the list, and for parameters that are not its own.
   */
  'deeds.plan': call<DeedPreview>()(
    v.strictObject({
      context: contextName,
      nodes: v.pipe(v.array(nodeName), v.minLength(1), v.maxLength(MOST_DEED_MACHINES)),
      deed: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
      params: commandParams,
      /** Of `deeds.openPlan`: it is the plan of that file, which is compared with how it is now. */
      opened: v.optional(token),
    }),
  ),
  /** Save a plan as a file for a colleague, where the user chooses in the system's dialog. `not-found` for an old token. */
  'deeds.savePlan': call<Saved>()(v.strictObject({ saved: token })),
  /**
   * Open the file of a plan, of the system's dialog or one that was dropped. Nothing is planned and no machine is asked. `inUse`: the context
   * that is preferred where several lead to its cluster. `file-invalid` with a line, `conflict` where none does, `invalid` for what this
   * Minos cannot do, `cancelled`.
   */
  'deeds.openPlan': call<OpenedPlan>()(v.strictObject({ dropped: v.optional(token), inUse: v.optional(contextName) })),
  /** Save what was done to clusters where the user chooses in the system's dialog; `ids` are the deeds, in that order. */
  'deeds.save': call<Saved>()(
    v.strictObject({
      format: v.picklist(DEED_FORMATS),
      ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(1000)),
    }),
  ),
  /**
   * Look up now, by reading alone, what came of the machines of a deed of which nobody saw it; the topic of deeds tells how that stands.
   * `not-found` for a deed that has none, `conflict` when no context leads to its cluster.
   */
  'deeds.lookUp': call<void>()(v.strictObject({ id: deedId })),
  /** The machines of a deed where it was not done, to be planned from how they are now. Nothing is done. Fails as `deeds.lookUp`. */
  'deeds.rest': call<DeedRest>()(v.strictObject({ id: deedId })),
  /** Tell a deed that is under way to pause, go on, stop, or leave a machine out. `not-found` once it is over. */
  'deeds.order': call<void>()(
    v.strictObject({
      id: deedId,
      order: v.picklist(DEED_ORDERS),
      node: v.optional(nodeName),
    }),
  ),
} as const;
