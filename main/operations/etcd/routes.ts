import { cancelled, chosenFiles, type Desktop } from '../app/desktop.ts';
import type { CallHandlers, TopicHandlers } from '../handlers.ts';
import type { Workspace } from '../workspace.ts';
import { shownSnapshot } from './known-snapshots.ts';

type EtcdCall =
  | `etcd.${'inspectSnapshot' | 'chooseSnapshot' | 'snapshots' | 'planSnapshots' | 'endSnapshots'}`
  | `etcd.${'recovery' | 'beginRecovery' | 'endRecovery'}`;

/** Snapshots that lie on this computer. */
export function etcdRoutes(
  { etcdFiles }: Workspace,
  desktop: Pick<Desktop, 'chooseFiles' | 'chooseFolder'>,
): Pick<CallHandlers, EtcdCall> {
  const { reader, known, schedules, recoveries } = etcdFiles;
  return {
    'etcd.inspectSnapshot': async (_nothing, { windowId, signal }) => {
      const [path = ''] = await chosenFiles(desktop, windowId, 'Look at a snapshot of etcd');
      return reader.inspect(path, signal);
    },
    'etcd.chooseSnapshot': async ({ context }, { windowId, signal }) => {
      const cluster = etcdFiles.clusterOf(context);
      const [path = ''] = await chosenFiles(desktop, windowId, 'Recover etcd from a snapshot');
      return shownSnapshot(await known.add({ cluster, path, from: 'chosen' }, signal));
    },
    'etcd.snapshots': ({ context }) => known.shown(etcdFiles.clusterOf(context)),
    'etcd.planSnapshots': async ({ context, everyHours, keep, choosesFolder }, { windowId }) => {
      const before = choosesFolder ? undefined : schedules.folderOf(context);
      const folder = before ?? (await desktop.chooseFolder(windowId, 'Folder for snapshots of etcd'));
      if (folder === undefined) throw cancelled();
      await schedules.plan(context, { folder, everyHours, keep });
    },
    'etcd.endSnapshots': ({ context }) => schedules.end(context),
    'etcd.recovery': ({ context }, { signal }) => recoveries.look(context, signal),
    'etcd.beginRecovery': ({ context, snapshot }) => recoveries.begin(context, snapshot),
    'etcd.endRecovery': ({ context }) => recoveries.end(context),
  };
}

/** Snapshots that are taken by themselves. */
export const etcdTopics = ({ etcdFiles }: Workspace): Pick<TopicHandlers, 'etcd.schedule'> => ({
  'etcd.schedule': ({ context }) => etcdFiles.schedules.of(context),
});
