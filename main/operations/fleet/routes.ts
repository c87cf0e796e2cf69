import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Calls about all clusters together. */
export function fleetRoutes({ fleet }: Workspace): Pick<CallHandlers, 'fleet.check' | 'fleet.stop'> {
  return {
    'fleet.check': ({ contexts }) => fleet.check(contexts),
    'fleet.stop': () => fleet.stop(),
  };
}

/** What is known of all clusters. */
export const fleetTopics = ({ fleet }: Workspace): Pick<TopicHandlers, 'fleet.state'> => ({
  'fleet.state': () => fleet,
});
