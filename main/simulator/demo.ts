import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TalosconfigChoice } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import { loadTalosProto } from '../talos/load-proto.ts';
import { REPOSITORY_PROTO, startSimulator, type Simulator } from './simulator.ts';
import type { MachineDisk } from './node/machine-disk.ts';
import type { MachineState } from './node/machine-state.ts';
import { talosconfigText } from './cluster/talosconfig-text.ts';

/** How the demo is started. */
export interface DemoOptions {
  /** Folder of the .proto files. Default: proto/ of the repository. */
  readonly protoDir?: string;
  /** A frozen one gives the same numbers in every run. Default: the system's. */
  readonly clock?: Clock;
}

/** The two clusters of the demo. */
export interface DemoCluster {
  /** Three control planes and eleven workers, one of them down, one slow, two on an older version. */
  readonly demo: Simulator;
  /** One control plane and two workers. */
  readonly lab: Simulator;
  /** YAML with a context for each; `demo` is the current one. Contains private keys. */
  readonly talosconfig: string;
  close(): Promise<void>;
}

const DEMO_SEED = 20_260_101;
const LAB_SEED = 7;

/** Above the addresses that tests use by default, so that both run side by side. */
const DEMO_ADDRESS = '127.0.0.11';
const LAB_ADDRESS = '127.0.0.21';

const SLOW_MS = 1_800;

/** A disk with data, an empty one, and a volume group, to be looked at and wiped. */
function furnish(machine: MachineState): void {
  const disk = (name: string, terabytes: number, more: Partial<MachineDisk>): MachineDisk => ({
    ...{ name, bytes: terabytes * 1e12, model: 'WDC WUH721818ALE6L4', serial: `2JG${name.toUpperCase()}K7D` },
    ...more,
  });
  machine.setMoreDisks([
    disk('sda', 4, {
      partitions: [
        { number: 1, bytes: 3e12, content: 'xfs', label: 'postgres', partitionLabel: 'u-postgres' },
        { number: 2, bytes: 1e12, content: 'ext4', label: 'backups' },
      ],
    }),
    disk('sdb', 2, { content: 'lvm2-pv' }),
    disk('sdc', 2, {}),
  ]);
  machine.setGroups([{ name: 'vg0', devices: ['/dev/sdb'], volumes: [{ name: 'scratch', bytes: 1.2e12 }] }]);
}

/** Starts both clusters. The same seed and clock give the same answers in every run. The caller closes it. */
export async function demoCluster(options: DemoOptions = {}): Promise<DemoCluster> {
  const proto = loadTalosProto(options.protoDir ?? REPOSITORY_PROTO);
  const common = { proto, kubernetesApi: true, ...(options.clock === undefined ? {} : { clock: options.clock }) };
  const demo = await startSimulator({
    ...common,
    name: 'demo',
    controlPlanes: 3,
    workers: 11,
    seed: DEMO_SEED,
    baseAddress: DEMO_ADDRESS,
    overrides: {
      'worker-04': { version: 'v1.13.8' },
      'worker-09': { version: 'v1.13.8' },
      'worker-07': { fault: { kind: 'down' } },
      'worker-10': { fault: { kind: 'slow', latencyMs: SLOW_MS } },
    },
  });
  try {
    const lab = await startSimulator({
      ...common,
      name: 'lab',
      controlPlanes: 1,
      workers: 2,
      version: 'v1.14.0',
      seed: LAB_SEED,
      baseAddress: LAB_ADDRESS,
    });
    furnish(lab.node('worker-01').machine);
    const contexts = [demo, lab].map((each) => each.contextFor({ nodes: each.nodes.map((node) => node.address) }));
    return {
      demo,
      lab,
      talosconfig: talosconfigText(await Promise.all(contexts)),
      async close() {
        await Promise.all([demo.close(), lab.close()]);
      },
    };
  } catch (error) {
    await demo.close();
    throw error;
  }
}

/** The demo with its talosconfig in a file of its own; `close` ends the clusters and removes the file. */
export interface RunningDemo extends DemoCluster {
  readonly choice: TalosconfigChoice;
}

/** Starts the demo and writes its talosconfig, readable by its owner only, into a new temporary folder. */
export async function startDemo(options: DemoOptions = {}): Promise<RunningDemo> {
  const cluster = await demoCluster(options);
  const folder = await mkdtemp(join(tmpdir(), 'minos-demo-'));
  const path = join(folder, 'talosconfig');
  async function close(): Promise<void> {
    await cluster.close();
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await writeFile(path, cluster.talosconfig, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...cluster,
    choice: {
      path,
      reason: 'demo',
      why: 'The simulated clusters of the demo. Your own files are not touched.',
      exists: true,
      writable: true,
    },
    close,
  };
}
