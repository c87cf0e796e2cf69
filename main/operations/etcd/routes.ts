import { chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';

/** Looking at snapshots that lie on the disk. */
export function etcdRoutes(
  { snapshotReader }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles'>,
): Pick<CallHandlers, 'etcd.inspectSnapshot'> {
  return {
    'etcd.inspectSnapshot': async (_nothing, { windowId, signal }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Look at a snapshot of etcd');
      return snapshotReader.inspect(path, signal);
    },
  };
}
