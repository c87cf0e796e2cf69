import type { StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** What happened to a cluster. */
export function timelineStreamRoutes({ timelines }: Workspace): Pick<StreamHandlers, 'timeline'> {
  return { timeline: ({ context }, { signal }) => timelines.stream(context, signal) };
}
