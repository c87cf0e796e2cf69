import type { Clock } from '../../lib/clock.ts';
import type { ClusterCertificates } from './certificates.ts';
import { EtcdMembership } from './etcd-membership.ts';
import type { HandsOut } from './hands-out.ts';
import type { MachineShape, NodeOverride } from '../options.ts';
import { steady, steadyHex } from '../wire/random.ts';
import type { MachineType } from '../node/node-facts.ts';
import { VirtualNode } from '../node/virtual-node.ts';

/** What the makers of a cluster decide. */
export interface ClusterPlan {
  readonly name: string;
  readonly controlPlanes: number;
  readonly workers: number;
  readonly version: string;
  readonly seed: number;
  readonly clockSkewMs?: number | undefined;
  readonly logIntervalMs?: number | undefined;
  readonly overrides: Readonly<Record<string, NodeOverride>>;
  readonly snapshot: { readonly bytes: number; readonly chunkBytes: number };
  readonly kubernetesUrl?: string;
  readonly kubernetesVersion?: string | undefined;
  /** Undefined: so many as the numbers say. */
  readonly machines?: readonly MachineShape[] | undefined;
  /** See `SimulatorOptions`. */
  readonly etcd?: { readonly isBootstrapped: boolean; readonly stepMs: number };
}

/** What a machine configuration holds; made up, so that redaction has something to hide. */
export interface ClusterSecrets {
  readonly machineToken: string;
  readonly bootstrapToken: string;
  readonly clusterSecret: string;
  readonly secretboxSecret: string;
  /** Base64 of a PEM block with the label of a Talos key; no certificate belongs to it. */
  readonly caKey: string;
}

/** The nodes of a cluster and what they have in common. */
export interface VirtualCluster {
  readonly name: string;
  readonly seed: number;
  /** As discovery names it: 32 bytes in URL-safe base64. */
  readonly id: string;
  /** Time of everything shown, and of every delay. */
  readonly clock: Clock;
  readonly certificates: ClusterCertificates;
  readonly secrets: ClusterSecrets;
  /** Where Kubernetes answers; nothing listens there unless its API was asked for. */
  kubernetesUrl: string;
  readonly kubernetesVersion: string;
  readonly nodes: readonly VirtualNode[];
  /** Who takes part in etcd. */
  readonly etcd: EtcdMembership;
  /** What EtcdSnapshot streams. */
  readonly snapshot: { readonly bytes: number; readonly chunkBytes: number };
  /** What it hands out instead of what Talos would. */
  handsOut: HandsOut;
  /** By hostname or address, as an endpoint resolves it. */
  find(target: string): VirtualNode | undefined;
}

const DAY_MS = 86_400_000;
const DEFAULT_KUBERNETES = 'v1.35.2';

/** 10.5.0.2 upwards, as talosctl's own local clusters have it; the gateway is 10.5.0.1. */
const nodeAddress = (index: number): string => `10.5.${(index + 2) >> 8}.${(index + 2) & 255}`;

function nodeName(role: MachineType, number: number, plan: ClusterPlan): string {
  if (role === 'controlplane') return `cp-${number}`;
  return `worker-${String(number).padStart(Math.max(2, String(plan.workers).length), '0')}`;
}

function planned(plan: ClusterPlan): readonly MachineShape[] {
  return Array.from({ length: plan.controlPlanes + plan.workers }, (_, index) => {
    const role = index < plan.controlPlanes ? 'controlplane' : 'worker';
    const name = nodeName(role, role === 'controlplane' ? index + 1 : index - plan.controlPlanes + 1, plan);
    return { name, role, address: nodeAddress(index), version: plan.overrides[name]?.version ?? plan.version };
  });
}

function planNodes(plan: ClusterPlan, clock: Clock): readonly VirtualNode[] {
  return (plan.machines ?? planned(plan)).map(({ version, ...shape }, index) => {
    const { name } = shape;
    const override = plan.overrides[name] ?? {};
    const bootedAtMs = clock.now() - Math.round(DAY_MS * (0.2 + 40 * steady(plan.seed, name, 'booted')));
    const node = new VirtualNode(
      {
        ...shape,
        index,
        seed: plan.seed,
        clockSkewMs: override.clockSkewMs ?? plan.clockSkewMs ?? 0,
        logIntervalMs: override.logIntervalMs ?? plan.logIntervalMs ?? null,
      },
      version,
      bootedAtMs,
      clock,
    );
    if (override.fault !== undefined) node.setFault(override.fault);
    return node;
  });
}

function makeUpSecrets(plan: ClusterPlan): ClusterSecrets {
  const hex = (length: number, what: string): string => steadyHex(length, plan.seed, plan.name, what);
  const base64 = (bytes: number, what: string): string => Buffer.from(hex(2 * bytes, what), 'hex').toString('base64');
  const pem = `-----BEGIN ED25519 PRIVATE KEY-----\n${base64(48, 'ca-key')}\n-----END ED25519 PRIVATE KEY-----\n`;
  return {
    machineToken: `${hex(6, 'token-id')}.${hex(16, 'token')}`,
    bootstrapToken: `${hex(6, 'bootstrap-id')}.${hex(16, 'bootstrap')}`,
    clusterSecret: base64(32, 'cluster-secret'),
    secretboxSecret: base64(32, 'secretbox'),
    caKey: Buffer.from(pem).toString('base64'),
  };
}

/** Makes the nodes as data. Throws for an override of a node that does not exist. */
export function createCluster(plan: ClusterPlan, clock: Clock, certificates: ClusterCertificates): VirtualCluster {
  const nodes = planNodes(plan, clock);
  const byTarget = new Map(nodes.flatMap((node) => [[node.name, node] as const, [node.address, node] as const]));
  for (const name of Object.keys(plan.overrides)) {
    if (!byTarget.has(name)) throw new Error(`No node is called ${name}.`);
  }
  return {
    name: plan.name,
    seed: plan.seed,
    id: Buffer.from(steadyHex(64, plan.seed, plan.name, 'cluster-id'), 'hex').toString('base64url'),
    clock,
    certificates,
    secrets: makeUpSecrets(plan),
    kubernetesUrl: plan.kubernetesUrl ?? `https://${nodes[0]?.address ?? '10.5.0.2'}:6443`,
    kubernetesVersion: plan.kubernetesVersion ?? DEFAULT_KUBERNETES,
    nodes,
    etcd: new EtcdMembership(nodes, { isBootstrapped: true, stepMs: 1_500, ...plan.etcd, clock }),
    snapshot: plan.snapshot,
    handsOut: {},
    find: (target) => byTarget.get(target),
  };
}
