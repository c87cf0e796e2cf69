import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import { DEEDS } from './deed-list.ts';
import type { Workspace } from '../workspace.ts';

/** Plans for what changes clusters. */
export function deedRoutes({ deeds }: Workspace): Pick<CallHandlers, `deeds.${'list' | 'plan'}`> {
  return {
    'deeds.list': () => DEEDS.map(({ id, title, about, params }) => ({ id, title, about, params })),
    'deeds.plan': (input, { signal }) => deeds.plan(input, signal),
  };
}

/** What was done to clusters. */
export function deedTopics({ deeds }: Workspace): Pick<TopicHandlers, 'deeds.state'> {
  return { 'deeds.state': () => deeds.journal.watched() };
}
