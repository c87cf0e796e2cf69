import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kubeconfigs } from '../../../../main/operations/kubeconfig/kubeconfigs.ts';
import type { Workspace } from '../../../../main/operations/workspace.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import type { CallInput, KubeconfigPreview, KubeconfigState } from '../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

/** A simulated cluster, a workspace on it, and kubeconfig files in a folder of their own. */
export interface KubeconfigHarness {
  readonly simulator: Simulator;
  readonly workspace: Workspace;
  readonly kubeconfigs: Kubeconfigs;
  readonly folder: string;
  /** The only, or first, file of KUBECONFIG. */
  readonly path: string;
  readonly context: string;
  read(name?: string): Promise<string>;
  write(text: string, name?: string, mode?: number): Promise<void>;
  preview(more?: Partial<CallInput<'kubeconfig.preview'>>): Promise<KubeconfigPreview>;
  /** Minos as it starts again on the same files; closed with this harness. */
  restart(): Promise<Workspace>;
  close(): Promise<void>;
}

export const signal = new AbortController().signal;

interface HarnessOptions extends SimulatorOptions {
  /** Names of the files in the folder. */
  readonly files?: readonly string[];
}

export async function openHarness({ files = ['config'], ...options }: HarnessOptions = {}): Promise<KubeconfigHarness> {
  const simulator = await startSimulator({ controlPlanes: 2, workers: 1, proto: testProto(), ...options });
  const folder = await mkdtemp(join(tmpdir(), 'minos-kube-'));
  const paths = files.map((name) => join(folder, name));
  const opened: TestWorkspace = await openWorkspace(simulator.talosconfig, paths);
  const { kubeconfigs } = opened.workspace;
  const at = (name: string): string => join(folder, name);
  return {
    simulator,
    workspace: opened.workspace,
    kubeconfigs,
    folder,
    path: paths[0]!,
    context: simulator.name,
    read: (name = files[0]!) => readFile(at(name), 'utf8'),
    write: (text, name = files[0]!, mode = 0o600) => writeFile(at(name), text, { mode }),
    preview: async (more = {}) => {
      const { token } =
        more.token === undefined ? await kubeconfigs.fetch([simulator.name], signal) : { token: more.token };
      return kubeconfigs.preview({ choice: 'refresh', setCurrent: false, asTalosctl: false, ...more, token });
    },
    restart: () => opened.restart(),
    close: async () => {
      await opened.close();
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The state as it is now. */
export async function stateOf({ kubeconfigs }: KubeconfigHarness): Promise<KubeconfigState> {
  await kubeconfigs.reload();
  return kubeconfigs.state.current;
}
