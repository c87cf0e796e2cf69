import type { CallName } from '../../../preload/contract/index.ts';
import type { Desktop } from '../app/desktop.ts';
import type { CallHandlers, StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';
import { listSources } from './list-sources.ts';

type LensCall = Extract<CallName, `lens.${string}`>;

/** Calls of the log lens. */
export function lensRoutes({ clusters, lens }: Workspace): Pick<CallHandlers, LensCall> {
  return {
    'lens.sources': ({ context, nodes }, { signal }) => listSources(clusters.of(context), nodes, signal),
    'lens.leave': ({ id, source }) => {
      lens.leave(id, source);
    },
    'lens.write': ({ id, text, isLast }) => lens.exports.write(id, text, isLast),
  };
}

/** Lines of many sources, and files that are made of them. */
export function lensStreams(
  { lens }: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath'>,
): Pick<StreamHandlers, 'lens' | 'lensExport'> {
  return {
    lens: (input, { signal }) => lens.follow(input, signal),
    lensExport: (input, { signal, windowId }) =>
      lens.exports.start(input, (wish) => desktop.chooseSavePath(windowId, wish), signal),
  };
}
