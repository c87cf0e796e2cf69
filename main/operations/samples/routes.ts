import type { StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** How busy nodes are. */
export function sampleStreamRoutes({ samples }: Workspace): Pick<StreamHandlers, 'samples'> {
  return { samples: (input, { signal }) => samples.stream(input, signal) };
}
