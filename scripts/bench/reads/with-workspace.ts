import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import { Workspace } from '../../../main/operations/workspace.ts';
import { loadTalosProto } from '../../../main/talos/load-proto.ts';

const PROTO = new URL('../../../proto/', import.meta.url).pathname;

/** What else a workspace of a script is made of. */
interface WorkspaceParts {
  readonly clock?: Clock;
  /** What the user does when Minos asks. Default: nobody is asked, that fails. */
  readonly confirm?: ConstructorParameters<typeof Workspace>[0]['confirm'];
}

/** Does work on a workspace of its own with a talosconfig of this text, and leaves nothing behind. */
export async function withWorkspace<T>(
  text: string,
  work: (workspace: Workspace) => Promise<T>,
  { clock = systemClock, confirm = () => Promise.reject(new Error('nobody is asked here')) }: WorkspaceParts = {},
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'minos-bench-'));
  const path = join(home, 'config');
  await writeFile(path, text, { mode: 0o600 });
  const proto = loadTalosProto(PROTO);
  const file = (name: string): string => new URL(`../../../main/${name}`, import.meta.url).pathname;
  const workspace = new Workspace({
    choose: () => ({ path, reason: 'env', why: 'bench', exists: true, writable: true }),
    proto: () => proto,
    startDemo: () => Promise.reject(new Error('no demo here')),
    kubeconfigPlaces: () => ({ paths: [join(home, 'kube')], origin: 'default' }),
    settingsPath: join(home, 'settings.json'),
    historyFolder: join(home, 'history'),
    snapshotWorkerFile: file('operations/etcd/snapshot-file/snapshot-worker.ts'),
    textWorkerFile: file('text-work/text-worker.ts'),
    clusterTextWorkerFile: file('operations/cluster-text/cluster-text-worker.ts'),
    decodeWorker: { workerFile: new URL('../../../main/talos/decode-worker.ts', import.meta.url), protoDir: PROTO },
    seal: () => undefined,
    ...{ confirm, clock },
    random: Math.random,
    log: silentLog,
  });
  try {
    await workspace.start();
    return await work(workspace);
  } finally {
    await workspace.close();
    await rm(home, { recursive: true });
  }
}
