import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TalosconfigChoice } from '../../preload/contract/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { LoadedProto } from '../talos/load-proto.ts';
import { talosconfigText } from './cluster/talosconfig-text.ts';
import { startSimulator, type MachineShape, type Simulator } from './simulator.ts';

/** A machine of the cluster that is rehearsed on. */
interface RehearsedMachine extends MachineShape {
  /** Minos is connected through it. */
  readonly isEndpoint: boolean;
  readonly isAway: boolean;
  /** How it takes part in etcd; missing where it does not. */
  readonly etcd?: 'voter' | 'learner';
  readonly isLeader: boolean;
  /** Pods that leave it when it is drained, beside which it has none. */
  readonly pods?: readonly {
    readonly title: string;
    readonly isUnmanaged: boolean;
    readonly hasEmptyDir: boolean;
  }[];
  /** The version in its other boot slot. */
  readonly otherSlot?: string;
}

/** What is rehearsed on. */
interface RehearsedShape {
  /** Control planes first. */
  readonly machines: readonly RehearsedMachine[];
  readonly kubernetesVersion?: string;
  /** A Kubernetes answers. */
  readonly drains: boolean;
  readonly roles: readonly string[];
  /** Nodes of the context. */
  readonly nodes: readonly string[];
}

/** A rehearsal's cluster that runs; whoever started it closes it. */
interface RunningCluster {
  readonly choice: TalosconfigChoice;
  close(): Promise<void>;
}

/** Beside those of the demo and of tests. */
const BASE_ADDRESS = '127.0.0.31';
/** Of a Kubernetes that is not simulated: by their addresses machines are those of the user, and nobody may be led there. */
const NO_KUBERNETES = 'https://127.0.0.1:1';
/** Machines that listen where none of them is known as an endpoint. */
const MOST_ENDPOINTS = 3;
/** Longer than any deed, by whichever clock. */
const CERTIFICATE_MS = 60 * 24 * 3_600_000;
/** A machine is away for this long: what it takes in truth is no matter of a simulator. */
const SOON = { downMs: 2_000, bootMs: 8_000 };

/** Starts a cluster of this shape on loopback and writes a talosconfig for it, readable by its owner only. */
export async function startRehearsal(
  shape: RehearsedShape,
  place: { readonly folder: string; readonly clock: Clock; readonly proto: LoadedProto },
): Promise<RunningCluster> {
  const { machines, drains, kubernetesVersion, roles, nodes } = shape;
  const { clock, folder, proto } = place;
  const simulator = await startSimulator({
    ...{ proto, clock, machines, name: 'rehearsal', endpoints: endpointsOf(machines), baseAddress: BASE_ADDRESS },
    // Nobody looks at them.
    rememberedCalls: 2,
    ...{ kubernetesApi: drains, kubernetesUrl: NO_KUBERNETES },
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
  });
  try {
    for (const machine of machines) become(simulator, machine);
    joinEtcd(simulator, machines);
    const context = await simulator.contextFor({ roles, nodes, ttlMs: CERTIFICATE_MS, contextName: 'rehearsal' });
    const path = join(folder, 'talosconfig');
    await writeFile(path, talosconfigText([context]), { mode: 0o600, flag: 'wx' });
    const why = 'The simulated cluster of a rehearsal.';
    const choice: TalosconfigChoice = { path, reason: 'demo', why, exists: true, writable: false };
    return { choice, close: () => simulator.close() };
  } catch (error) {
    await simulator.close();
    throw error;
  }
}

/** Those that Minos is connected through, where they answer; else some control planes. */
function endpointsOf(machines: readonly RehearsedMachine[]): readonly string[] {
  const here = machines.filter(({ isAway }) => !isAway);
  const own = here.filter(({ isEndpoint }) => isEndpoint);
  const controlPlanes = here.filter(({ role }) => role === 'controlplane').slice(0, MOST_ENDPOINTS);
  const others = controlPlanes.length > 0 ? controlPlanes : here.slice(0, 1);
  return (own.length > 0 ? own : others).map(({ name }) => name);
}

function become(simulator: Simulator, { name, isAway, otherSlot, pods }: RehearsedMachine): void {
  const node = simulator.node(name);
  node.setNextBoot(SOON);
  node.beQuiet();
  if (isAway) node.setFault({ kind: 'down' });
  if (otherSlot !== undefined) node.setIlls({ otherSlot });
  simulator.kubernetes?.workload.only.set(
    name,
    (pods ?? []).map(({ title, isUnmanaged, hasEmptyDir }) => {
      const [namespace = '', pod = ''] = title.split('/');
      const controller = isUnmanaged ? undefined : ('ReplicaSet' as const);
      return { ...{ namespace, name: pod, app: pod, isMirror: false }, controller, hasEmptyDir };
    }),
  );
}

/** Every control plane is a member at first. */
function joinEtcd(simulator: Simulator, machines: readonly RehearsedMachine[]): void {
  const { etcd } = simulator;
  for (const machine of machines) {
    const found = simulator.node(machine.name);
    const member = etcd.memberOn(found);
    if (machine.etcd !== 'voter' && member !== undefined) etcd.remove(member.hex);
    if (machine.etcd === 'learner' && found.role === 'controlplane') etcd.join(found);
    if (machine.isLeader) etcd.lead(found);
  }
}
