import type { Clock } from '../lib/clock.ts';
import type { LoadedProto } from '../talos/load-proto.ts';
import type { NodeFault } from './faults/faults.ts';
import type { MachineDisk } from './node/machine-disk.ts';
import type { MachineType } from './node/node-facts.ts';

/** What one virtual node has that the others have not. */
export interface NodeOverride {
  /** Talos version of this node. */
  readonly version?: string;
  /** Fault from the start. */
  readonly fault?: NodeFault;
  /** How far the node's clock is ahead of the simulator's; negative means behind. */
  readonly clockSkewMs?: number;
  /** One more log line of every service each so many milliseconds; default differs per service. */
  readonly logIntervalMs?: number;
}

/** A machine that is simulated as one that exists elsewhere. */
export interface MachineShape {
  readonly name: string;
  readonly role: MachineType;
  /** As the cluster's other nodes see it. */
  readonly address: string;
  readonly version: string;
  /** The one Talos runs from first. Default: one that follows from the seed. */
  readonly disks?: readonly MachineDisk[];
  /** Services beside those that each machine has: `ext-tailscale`. */
  readonly moreServices?: readonly string[];
}

/** How endpoints get their addresses: an address each with one common port, or one address with a port each. */
export type Addressing = 'address-each' | 'port-each';

/** What to simulate. Everything has a default; the same options and clock give the same answers. */
export interface SimulatorOptions {
  /** Name of the cluster and of the context in its talosconfig. Default `sim`. */
  readonly name?: string;
  /** Default 3. Named cp-1, cp-2 … */
  readonly controlPlanes?: number;
  /** Default 2. Named worker-01, worker-02 …, with as many digits as the highest number needs. */
  readonly workers?: number;
  /** The nodes one by one, control planes first; numbers, versions and overrides do not count then. */
  readonly machines?: readonly MachineShape[];
  /** Talos version of every node without an override. Default v1.13.9. */
  readonly version?: string;
  /** By node name. */
  readonly overrides?: Readonly<Record<string, NodeOverride>>;
  /** How far the clocks of nodes without an override are ahead of the simulator's; negative means behind. Default 0. */
  readonly clockSkewMs?: number;
  /** One more log line of every service of every node each so many milliseconds; default differs per service. */
  readonly logIntervalMs?: number;
  /** Nodes that listen as endpoints, by name, in the talosconfig's order. Default: all control planes. */
  readonly endpoints?: readonly string[];
  /** How many nodes listen as endpoints, control planes first; `endpoints` wins. */
  readonly endpointCount?: number;
  /** Roles (Organization values) of the client certificate in the talosconfig. Default `os:admin`. */
  readonly roles?: readonly string[];
  /** Default 1. */
  readonly seed?: number;
  /** Time of everything that is shown, and of every delay. Certificates always follow the system's clock. */
  readonly clock?: Clock;
  /** Default: an address each on Linux, a port each elsewhere (only Linux answers on all of 127.0.0.0/8). */
  readonly addressing?: Addressing;
  /** First endpoint's address; the next ones follow. Default 127.0.0.2. With a port each it is always 127.0.0.1. */
  readonly baseAddress?: string;
  /** Port of the (first) endpoint. Default: any free one. */
  readonly port?: number;
  /** Names that stand in the endpoints' certificates beside their address. Default none. */
  readonly dnsNames?: readonly string[];
  /** Address of the Kubernetes API server in configurations and kubeconfigs. Default: the first node's, port 6443. */
  readonly kubernetesUrl?: string;
  /** Default v1.35.2. */
  readonly kubernetesVersion?: string;
  /** An API of Kubernetes listens, at the first endpoint's address; `kubernetesUrl` does not count then. Default false. */
  readonly kubernetesApi?: boolean;
  /** How many calls are remembered, at least two. Default 100,000. */
  readonly rememberedCalls?: number;
  /** Size of what EtcdSnapshot streams. Default 8 MiB. */
  readonly snapshotBytes?: number;
  /** Size of its pieces. Default 1,024 as in Talos; larger ones show what the line can carry. */
  readonly snapshotChunkBytes?: number;
  /** False: a new cluster, whose etcd waits to be bootstrapped. Default true. */
  readonly isBootstrapped?: boolean;
  /** How long each step of a member of etcd that begins takes, ms. Default 1,500. */
  readonly etcdStepMs?: number;
  /** Folder of the .proto files. Default: proto/ of the repository. */
  readonly protoDir?: string;
  /** Already loaded, to start faster; wins over `protoDir`. */
  readonly proto?: LoadedProto;
}
