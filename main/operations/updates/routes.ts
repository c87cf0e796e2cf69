import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Updates } from './updates.ts';

/** Calls about newer versions of Minos. */
export function updateRoutes(
  updates: Updates,
): Pick<CallHandlers, `updates.${'look' | 'fetch' | 'cancel' | 'install' | 'showPage'}`> {
  return {
    'updates.look': () => updates.look(),
    'updates.fetch': () => updates.fetch(),
    'updates.cancel': () => {
      updates.cancel();
    },
    'updates.install': () => updates.install(),
    'updates.showPage': () => updates.showPage(),
  };
}

/** What is known of newer versions. */
export const updateTopics = (updates: Updates): Pick<TopicHandlers, 'updates.state'> => ({
  'updates.state': () => updates.state,
});
