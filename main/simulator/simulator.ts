import { fileURLToPath } from 'node:url';
import { systemClock, type Clock } from '../lib/clock.ts';
import { loadTalosProto } from '../talos/load-proto.ts';
import { listenOnLoopback } from './cluster/addresses.ts';
import { allAnswers } from './answers/all.ts';
import { CallsLog, type CallRecord } from './endpoint/calls-log.ts';
import { createCertificates, type ClientWish } from './cluster/certificates.ts';
import { createCluster, type VirtualCluster } from './cluster/cluster.ts';
import { SimulatedEndpoint } from './endpoint/endpoint.ts';
import { closableClock } from './endpoint/closable-clock.ts';
import type { EndpointFault, NodeFault } from './faults/faults.ts';
import type { EtcdMembership } from './cluster/etcd-membership.ts';
import type { HandsOut } from './cluster/hands-out.ts';
import { KubernetesApi } from './kubernetes/api-server.ts';
import type { SimulatorOptions } from './options.ts';
import { talosconfigText, type TalosconfigContext } from './cluster/talosconfig-text.ts';
import type { VirtualNode } from './node/virtual-node.ts';

export type { MachineShape, SimulatorOptions } from './options.ts';

/** What a talosconfig made on request may differ in. */
export interface TalosconfigWish extends Omit<ClientWish, 'roles'> {
  /** Default `os:admin`. `[]` is a certificate that may do nothing. */
  readonly roles?: readonly string[] | undefined;
  /** Name of the context. Default: the cluster's. */
  readonly contextName?: string | undefined;
  /** Names or addresses put into the context's `nodes`. Default none. */
  readonly nodes?: readonly string[] | undefined;
}

/** A running simulated cluster. `close` ends it and everything it opened. */
export interface Simulator {
  readonly name: string;
  /** YAML with one context. Contains a private key. */
  readonly talosconfig: string;
  /** Authority of the endpoints' certificates. */
  readonly caPem: string;
  readonly endpoints: readonly SimulatedEndpoint[];
  readonly nodes: readonly VirtualNode[];
  /** Every call that reached an endpoint, oldest first. */
  readonly calls: readonly CallRecord[];
  clearCalls(): void;
  /** Another client certificate for the same cluster. Contains a private key. */
  talosconfigFor(wish: TalosconfigWish): Promise<string>;
  /** The parts of such a talosconfig, to be put into one with other contexts. */
  contextFor(wish: TalosconfigWish): Promise<TalosconfigContext>;
  /** By target (`127.0.0.2:41234`), address or node name. Throws for an unknown one. */
  endpoint(name: string): SimulatedEndpoint;
  /** By name or address. Throws for an unknown one. */
  node(name: string): VirtualNode;
  /** Who takes part in etcd, to be changed. */
  readonly etcd: EtcdMembership;
  /** Its Kubernetes, when `kubernetesApi` asked for one. */
  readonly kubernetes: KubernetesApi | undefined;
  /** Puts a fault on an endpoint. Resolves when new connections meet it. */
  setEndpointFault(name: string, fault: EndpointFault): Promise<void>;
  /** Puts a fault on a node. Calls that run through endpoints to a node that goes down break. */
  setNodeFault(name: string, fault: NodeFault | null): void;
  /** Hands out something else than Talos would from now on; `{}` ends that. */
  handOut(what: HandsOut): void;
  /** Takes every fault away. */
  clearFaults(): Promise<void>;
  /** GOAWAY on every connection. */
  drain(graceMs: number): void;
  /** Open TCP connections, for leak checks. */
  openConnections(): number;
  /** Ends every call and connection. Resolves when no socket is left. */
  close(): Promise<void>;
}

/** proto/ beside main/ in the repository. */
export const REPOSITORY_PROTO = fileURLToPath(new URL('../../proto/', import.meta.url));

const SNAPSHOT_BYTES = 8 * 1024 * 1024;
const SNAPSHOT_CHUNK_BYTES = 1_024;

const DEFAULT_VERSION = 'v1.13.9';

async function planCluster(options: SimulatorOptions, clock: Clock): Promise<VirtualCluster> {
  const plan = {
    name: options.name ?? 'sim',
    controlPlanes: options.controlPlanes ?? 3,
    workers: options.workers ?? 2,
    version: options.version ?? DEFAULT_VERSION,
    seed: options.seed ?? 1,
    overrides: options.overrides ?? {},
    clockSkewMs: options.clockSkewMs,
    logIntervalMs: options.logIntervalMs,
    ...(options.kubernetesUrl === undefined ? {} : { kubernetesUrl: options.kubernetesUrl }),
    kubernetesVersion: options.kubernetesVersion,
    machines: options.machines,
    etcd: { isBootstrapped: options.isBootstrapped ?? true, stepMs: options.etcdStepMs ?? 1_500 },
    snapshot: {
      bytes: options.snapshotBytes ?? SNAPSHOT_BYTES,
      chunkBytes: options.snapshotChunkBytes ?? SNAPSHOT_CHUNK_BYTES,
    },
  };
  return createCluster(plan, clock, await createCertificates(options.dnsNames));
}

function endpointNodes(options: SimulatorOptions, cluster: VirtualCluster): readonly VirtualNode[] {
  if (options.endpoints === undefined) {
    const controlPlanes = cluster.nodes.filter((node) => node.role === 'controlplane');
    return options.endpointCount === undefined ? controlPlanes : cluster.nodes.slice(0, options.endpointCount);
  }
  return options.endpoints.map((name) => {
    const node = cluster.find(name);
    if (node === undefined) throw new Error(`No node is called ${name}.`);
    return node;
  });
}

/** Starts a cluster. Rejects when its addresses cannot be listened on. The caller closes it. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const time = closableClock(options.clock ?? systemClock);
  const cluster = await planCluster(options, time.clock);
  const proto = options.proto ?? loadTalosProto(options.protoDir ?? REPOSITORY_PROTO);
  const calls = new CallsLog(options.rememberedCalls);
  const answers = allAnswers();
  const endpoints = await listenOnLoopback(
    endpointNodes(options, cluster),
    options,
    (node, address) => new SimulatedEndpoint({ node, address, cluster, proto, answers, calls }),
  );

  const kubernetes =
    options.kubernetesApi === true ? new KubernetesApi(cluster, endpoints[0]?.address ?? '127.0.0.1') : undefined;
  try {
    await kubernetes?.start();
  } catch (error) {
    time.close();
    await Promise.all(endpoints.map((each) => each.close()));
    throw error;
  }
  cluster.kubernetesUrl = kubernetes?.url ?? cluster.kubernetesUrl;

  const stopFollowing = endpoints.map((each) => each.followPower());

  async function contextFor(wish: TalosconfigWish): Promise<TalosconfigContext> {
    const leaf = await cluster.certificates.client({ ...wish, roles: wish.roles ?? ['os:admin'] });
    return {
      name: wish.contextName ?? cluster.name,
      endpoints: endpoints.map((endpoint) => endpoint.target),
      nodes: wish.nodes ?? [],
      caPem: cluster.certificates.caPem,
      certPem: leaf.certPem,
      keyPem: leaf.talosKeyPem,
    };
  }
  const talosconfigFor = async (wish: TalosconfigWish): Promise<string> => talosconfigText([await contextFor(wish)]);

  function endpoint(name: string): SimulatedEndpoint {
    const found = endpoints.find((each) => [each.target, each.address, each.node.name].includes(name));
    if (found === undefined) throw new Error(`No endpoint is called ${name}.`);
    return found;
  }

  function node(name: string): VirtualNode {
    const found = cluster.find(name);
    if (found === undefined) throw new Error(`No node is called ${name}.`);
    return found;
  }

  return {
    name: cluster.name,
    talosconfig: await talosconfigFor({ roles: options.roles }),
    caPem: cluster.certificates.caPem,
    endpoints,
    nodes: cluster.nodes,
    get calls() {
      return calls.records;
    },
    clearCalls: () => calls.clear(),
    talosconfigFor,
    contextFor,
    endpoint,
    node,
    etcd: cluster.etcd,
    kubernetes,
    setEndpointFault: (name, fault) => endpoint(name).setFault(fault),
    setNodeFault: (name, fault) => node(name).setFault(fault),
    handOut(what) {
      cluster.handsOut = what;
    },
    async clearFaults() {
      for (const each of cluster.nodes) if (each.fault !== null) each.setFault(null);
      kubernetes?.forgive();
      await kubernetes?.setFault(null);
      await Promise.all(endpoints.map((each) => each.clearFault()));
    },
    drain: (graceMs) => endpoints.forEach((each) => each.drain(graceMs)),
    openConnections: () =>
      endpoints.reduce((sum, each) => sum + each.openConnections, kubernetes?.openConnections ?? 0),
    async close() {
      stopFollowing.forEach((stop) => stop());
      time.close();
      await Promise.all([...endpoints.map((each) => each.close()), kubernetes?.close()]);
    },
  };
}
