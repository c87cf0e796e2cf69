import { isIP } from 'node:net';
import type { EtcdView, NodeSummary, PoolStatus } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { parseEndpoint } from '../../../lib/endpoint-address.ts';
import { Failed } from '../../../lib/failed.ts';
import type { Caller } from '../../clusters/caller.ts';
import { versionInOs } from '../../clusters/version-in-os.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import { textParam } from '../../commands/kit/params.ts';
import type { DeedPlan } from '../../plans/plan.ts';
import { readStorage } from '../../storage/read-storage.ts';
import { eachBounded } from '../../work/fan-out/each-bounded.ts';
import { readSituation } from '../power/situation.ts';
import { readUpgradeFacts } from '../upgrade/read-upgrade-facts.ts';
import { shapedDisks, type ShapedDisk } from './shaped-disks.ts';
import type { ClusterShape, ShapedMachine, ShapedPod } from './shape.ts';

/** Machines that are simulated, all together; control planes and those of the plan are in any case. */
const MOST_MACHINES = 200;
/** Machines that are read at once. */
const MOST_AT_ONCE = 16;

/** What the shape of a cluster is read from. */
export interface ShapeSource {
  /** Of the deed, which was just made from how its machines are. */
  readonly plan: DeedPlan;
  /** The kind of deed. */
  readonly kind: string;
  readonly params: CommandParams;
  readonly caller: Caller;
  readonly clock: Clock;
  /** As discovery knows them. */
  readonly nodes: readonly NodeSummary[];
  readonly pool: PoolStatus;
  readonly roles: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Reads what a plan is rehearsed on: the machines with their roles and versions, etcd with its leader, and what the kind of deed hangs
 * on beside that. A few reads, nothing is changed. Throws what calls throw, and Failed `precondition` for a cluster without machines that
 * tell what they are.
 */
export async function readShape(source: ShapeSource): Promise<ClusterShape> {
  const { plan, kind, params, caller, nodes, roles, signal } = source;
  const chosen = chosenNodes(nodes, new Set(plan.machines.map(({ node }) => node)));
  const hasMembers = chosen.some(({ role }) => role === 'controlplane');
  const [etcd, disks, kubernetes] = await Promise.all([
    hasMembers ? readEtcdOf(source) : undefined,
    kind === 'reset' ? readDisks(source) : undefined,
    kind === 'upgrade' ? readUpgradeFacts(caller, { node: plan.machines[0].node, signal }) : undefined,
  ]);
  const leaving = 'acts' in plan ? plan.leaving : undefined;
  const service = kind === 'service' ? textParam(params, 'service') : '';
  const anyVersion = chosen.map(({ os }) => versionInOs(os)).find((version) => version !== undefined);
  const machines = chosen.map((node, index): ShapedMachine => {
    const before = plan.before?.get(node.target);
    const version = before?.version ?? versionInOs(node.os) ?? anyVersion;
    const own = disks?.get(node.target);
    const pods = leaving?.get(node.target);
    return {
      ...etcdOf(node, etcd),
      name: node.hostname ?? node.target,
      role: node.role === 'controlplane' ? 'controlplane' : 'worker',
      address: addressOf(node, index),
      version: version ?? 'v1.13.0',
      isEndpoint: isThrough(node, source.pool),
      isAway: node.seen !== undefined && node.seen.state !== 'online',
      ...(own && { disks: own }),
      moreServices: service.startsWith('ext-') && before !== undefined ? [service] : [],
      ...(pods && { pods: pods.evicted.map((title) => podOf(title, pods)) }),
      ...(kind === 'rollback' && before !== undefined && { otherSlot: earlier(version ?? '') }),
    };
  });
  const [first] = machines;
  if (first === undefined) throw nobodyKnown();
  return {
    machines: [...machines].sort((a, b) => Number(b.role === 'controlplane') - Number(a.role === 'controlplane')),
    ...(kubernetes?.kubernetes && { kubernetesVersion: kubernetes.kubernetes }),
    drains: leaving !== undefined,
    roles,
    // As they are reached; what stands in a file may be anything.
    nodes: plan.machines.map(({ node }) => node).filter((node) => /^[A-Za-z0-9][A-Za-z0-9.:-]*$/.test(node)),
  };
}

/** Control planes and the machines of the plan, and others as far as there is room. */
function chosenNodes(nodes: readonly NodeSummary[], planned: ReadonlySet<string>): readonly NodeSummary[] {
  const known = nodes.filter(({ role }) => role !== 'unknown');
  const isNeeded = ({ target, role }: NodeSummary): boolean => role === 'controlplane' || planned.has(target);
  const needed = known.filter(isNeeded);
  const others = known.filter((node) => !isNeeded(node));
  return [...needed, ...others.slice(0, Math.max(0, MOST_MACHINES - needed.length))];
}

async function readEtcdOf({ caller, clock, nodes, signal }: ShapeSource): Promise<EtcdView> {
  return (await readSituation({ caller: () => caller, clock, nodes, signal })).etcd;
}

async function readDisks({
  plan,
  caller,
  signal,
}: ShapeSource): Promise<ReadonlyMap<string, readonly ShapedDisk[] | undefined>> {
  const read = new Map<string, readonly ShapedDisk[] | undefined>();
  const errors: unknown[] = [];
  const one = async ({ node }: { readonly node: string }): Promise<void> => {
    try {
      read.set(node, shapedDisks(await readStorage(caller, { node, signal })));
    } catch (error) {
      errors.push(error);
    }
  };
  await eachBounded(plan.machines, MOST_AT_ONCE, signal, one, () => undefined);
  if (errors.length > 0) throw errors[0];
  return read;
}

function etcdOf({ target }: NodeSummary, etcd: EtcdView | undefined): Pick<ShapedMachine, 'etcd' | 'isLeader'> {
  const member = etcd?.members.find(({ node }) => node === target);
  return member === undefined
    ? { isLeader: false }
    : { isLeader: member.isLeader, etcd: member.isLearner ? 'learner' : 'voter' };
}

/** Where its node header leads; a name leads to one of its addresses. */
function addressOf({ target, addresses }: NodeSummary, index: number): string {
  if (isIP(target) !== 0) return target;
  return addresses.find((address) => isIP(address) !== 0) ?? `10.255.${index >> 8}.${index & 255}`;
}

function isThrough({ target, hostname, addresses }: NodeSummary, pool: PoolStatus): boolean {
  const hosts = pool.endpoints.map(({ endpoint }) => parseEndpoint(endpoint));
  const names = [target, ...addresses, ...(hostname === undefined ? [] : [hostname])];
  return hosts.some((parsed) => 'host' in parsed && names.includes(parsed.host));
}

const podOf = (
  title: string,
  { unmanaged, emptyDir }: { readonly unmanaged: readonly string[]; readonly emptyDir: readonly string[] },
): ShapedPod => ({ title, isUnmanaged: unmanaged.includes(title), hasEmptyDir: emptyDir.includes(title) });

/** A version that may have run before this one: which it was cannot be read. */
function earlier(version: string): string {
  const [, major = '1', minor = '1', patch = '0'] = /^v(\d+)\.(\d+)\.(\d+)/.exec(version) ?? [];
  return Number(patch) > 0
    ? `v${major}.${minor}.${Number(patch) - 1}`
    : `v${major}.${Math.max(0, Number(minor) - 1)}.0`;
}

const nobodyKnown = (): Failed =>
  new Failed({
    code: 'precondition',
    message: 'No machine of this cluster tells whether it is a control plane, so it cannot be simulated.',
  });
