import { chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers } from '../handlers.ts';
import { deedPlace } from '../plans/deed-place.ts';
import type { Workspace } from '../workspace.ts';
import { shownSnapshot } from './known-snapshots.ts';

type EtcdCall = 'etcd.inspectSnapshot' | 'etcd.chooseSnapshot' | 'etcd.snapshots';

/** Snapshots that lie on this computer. */
export function etcdRoutes(
  { etcdFiles: { reader, known }, talosconfig }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles'>,
): Pick<CallHandlers, EtcdCall> {
  const clusterOf = (context: string): string => deedPlace(talosconfig.context(context).summary).cluster;
  return {
    'etcd.inspectSnapshot': async (_nothing, { windowId, signal }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Look at a snapshot of etcd');
      return reader.inspect(path, signal);
    },
    'etcd.chooseSnapshot': async ({ context }, { windowId, signal }) => {
      const cluster = clusterOf(context);
      const [path = ''] = await chosenFiles(desktop, windowId, 'Recover etcd from a snapshot');
      return shownSnapshot(await known.add({ cluster, path, from: 'chosen' }, signal));
    },
    'etcd.snapshots': ({ context }) => known.shown(clusterOf(context)),
  };
}
