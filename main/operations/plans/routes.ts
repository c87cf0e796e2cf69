import type { CallHandlers } from '../handlers.ts';
import type { Plans } from './plans.ts';

/** Calls that carry out plans and take changes back, whatever they are about. */
export function planRoutes(plans: Plans): Pick<CallHandlers, `plans.${'apply' | 'undo'}`> {
  return {
    'plans.apply': ({ token }, { signal }) => plans.apply(token, signal),
    'plans.undo': ({ change }) => plans.undo(change),
  };
}
