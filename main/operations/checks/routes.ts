import type { StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Health checks as they go. */
export function checkStreamRoutes(workspace: Workspace): Pick<StreamHandlers, 'checks'> {
  return { checks: ({ context, ...wish }, { signal }) => workspace.healthCheck(context, wish, signal) };
}
