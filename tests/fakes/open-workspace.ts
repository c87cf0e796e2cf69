import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../main/lib/clock.ts';
import { silentLog } from '../../main/lib/log.ts';
import type { ShowQuestion } from '../../main/operations/confirm.ts';
import type { StartDemo } from '../../main/operations/app/demo.ts';
import type { StartRehearsal } from '../../main/operations/deeds/rehearsal/shape.ts';
import { Workspace } from '../../main/operations/workspace.ts';
import type { WorkspaceOptions } from '../../main/operations/workspace-options.ts';
import { startRehearsal } from '../../main/simulator/rehearsal.ts';
import { loadTalosProto, type LoadedProto } from '../../main/talos/load-proto.ts';

let proto: LoadedProto | undefined;
/** Loaded once per test file: it takes 60 ms. */
export const testProto = (): LoadedProto =>
  (proto ??= loadTalosProto(new URL('../../proto/', import.meta.url).pathname));

export interface TestWorkspace {
  readonly workspace: Workspace;
  readonly path: string;
  /** Another workspace on the same files, as after a restart; closed with this one. */
  restart(): Promise<Workspace>;
  close(): Promise<void>;
}

/** A workspace on a real talosconfig file in a temporary home. */
export async function openWorkspace(
  talosconfig: string | undefined,
  kubeconfigs?: readonly string[],
  /** What the user does when Minos asks. Default: confirms everything. */
  confirm: ShowQuestion = ({ typed = '' }) => Promise.resolve({ isConfirmed: true, typed }),
  startDemo: StartDemo = () => Promise.reject(new Error('no demo in this test')),
  clock: Clock = systemClock,
  rehearse: StartRehearsal = startRehearsal,
  more: Pick<WorkspaceOptions, 'startEndpoints'> = {},
): Promise<TestWorkspace> {
  const home = await mkdtemp(join(tmpdir(), 'minos-home-'));
  const path = join(home, 'config');
  if (talosconfig !== undefined) await writeFile(path, talosconfig, { mode: 0o600 });
  const start = async (): Promise<Workspace> => {
    const workspace = new Workspace(options);
    await workspace.start();
    return workspace;
  };
  const options: WorkspaceOptions = {
    choose: () => ({ path, reason: 'env', why: 'test', exists: true, writable: true }),
    proto: testProto,
    kubeconfigPlaces: () => ({ paths: kubeconfigs ?? [join(home, '.kube', 'config')], origin: 'default' }),
    settingsPath: join(home, 'settings.json'),
    startDemo,
    startRehearsal: rehearse,
    historyFolder: join(home, 'history'),
    textWorkerFile: new URL('../../main/text-work/text-worker.ts', import.meta.url).pathname,
    clusterTextWorkerFile: new URL('../../main/operations/cluster-text/cluster-text-worker.ts', import.meta.url)
      .pathname,
    snapshotWorkerFile: new URL('../../main/operations/etcd/snapshot-file/snapshot-worker.ts', import.meta.url)
      .pathname,
    decodeWorker: {
      workerFile: new URL('../../main/talos/decode-worker.ts', import.meta.url),
      protoDir: new URL('../../proto/', import.meta.url).pathname,
    },
    seal: () => undefined,
    confirm,
    clock,
    random: Math.random,
    log: silentLog,
    ...more,
  };
  const workspaces = [await start()];
  const [workspace] = workspaces as [Workspace];
  return {
    workspace,
    path,
    restart: async () => {
      const again = await start();
      workspaces.push(again);
      return again;
    },
    close: async () => {
      for (const one of workspaces) await one.close();
      await rm(home, { recursive: true });
    },
  };
}
