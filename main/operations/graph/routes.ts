import { basename } from 'node:path';
import { placeToWrite, writeWholeFile } from '../../files/write-whole-file.ts';
import type { Desktop } from '../app/desktop.ts';
import { leased } from '../clusters/lease.ts';
import type { CallHandlers, StreamHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';
import { readGraph } from './dependencies.ts';

/** Saving graphs. */
export function graphRoutes(
  { unfinished }: Workspace,
  desktop: Pick<Desktop, 'chooseSavePath'>,
): Pick<CallHandlers, 'graph.save'> {
  return {
    'graph.save': async ({ format, text }, { windowId }) => {
      const path = await desktop.chooseSavePath(windowId, {
        suggestedName: `dependencies.${format}`,
        extension: format,
      });
      if (path === undefined) return { isSaved: false };
      await writeWholeFile(await placeToWrite(path), [text], unfinished);
      return { isSaved: true, name: basename(path) };
    },
  };
}

/** How Talos is built. */
export function graphStreamRoutes({ clusters }: Workspace): Pick<StreamHandlers, 'dependencies'> {
  return {
    dependencies: ({ context, ...wish }, { signal }) => {
      const lease = clusters.lease(context);
      return leased(lease, signal, (until) => readGraph(lease.caller, wish, until));
    },
  };
}
