import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Plans for what changes clusters. */
export function deedRoutes({ deeds }: Workspace): Pick<CallHandlers, 'deeds.service'> {
  return { 'deeds.service': (input, { signal }) => deeds.service(input, signal) };
}

/** What was done to clusters. */
export function deedTopics({ deeds }: Workspace): Pick<TopicHandlers, 'deeds.state'> {
  return { 'deeds.state': () => deeds.journal.watched() };
}
