import type { ControlPlaneEtcd, NodeSummary } from '../../../preload/contract/index.ts';
import { listResources } from '../checks/client/read-resources.ts';
import type { Caller } from '../clusters/caller.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';
import { listRequest } from '../files/file-entry.ts';
import { memberReport } from './etcd-readings.ts';

/** Machines that are read at once. */
const MOST_AT_ONCE = 8;
const READ_WITHIN_MS = 10_000;
const DATA = '/var/lib/etcd';

/** Who is looked at, and for how long. */
interface Looking {
  readonly node: string;
  readonly signal: AbortSignal;
}

/** Machines that are control planes, or may be as far as is known; those that are known to be some come first: not all are asked everything. */
export const maybeControlPlanes = (nodes: readonly NodeSummary[]): readonly NodeSummary[] => [
  ...nodes.filter(({ role }) => role === 'controlplane'),
  ...nodes.filter(({ role }) => role !== 'controlplane' && role !== 'worker'),
];

/** How etcd is on each of these machines, in their order; whoever does not answer is told so. Throws the signal's reason. */
export async function lookAtControlPlanes(
  caller: Caller,
  nodes: readonly NodeSummary[],
  signal: AbortSignal,
): Promise<readonly ControlPlaneEtcd[]> {
  const found = new Map<string, ControlPlaneEtcd>();
  const one = async ({ target: node, hostname: name = node, role }: NodeSummary): Promise<void> => {
    try {
      found.set(node, { name, ...(await lookAtControlPlane(caller, { node, signal })) });
    } catch (error) {
      const failure = caller.explain(error, { node }).message;
      found.set(node, { node, name, failure, ...(role !== 'controlplane' && { isMaybe: true as const }) });
    }
  };
  await eachBounded(nodes, MOST_AT_ONCE, signal, one, () => undefined);
  signal.throwIfAborted();
  return nodes.flatMap(({ target }) => found.get(target) ?? []);
}

/** How etcd is on one machine: five short questions, of which all but that for its services may fail. Throws what calls throw. */
export async function lookAtControlPlane(
  caller: Caller,
  looking: Looking,
): Promise<Omit<ControlPlaneEtcd, 'name' | 'failure'>> {
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  const [services, type, synced, data, told] = await Promise.all([
    caller.unary('/machine.MachineService/ServiceList', {}, call),
    fieldOf(caller, call, { namespace: 'config', type: 'MachineTypes.config.talos.dev' }, '{@}'),
    fieldOf(caller, call, { namespace: 'runtime', type: 'TimeStatuses.v1alpha1.talos.dev' }, '{.synced}'),
    dataOf(caller, looking).catch(() => undefined),
    caller.unary('/machine.MachineService/EtcdStatus', {}, call).then(
      ({ value }) => memberReport(value, 0),
      () => undefined,
    ),
  ]);
  looking.signal.throwIfAborted();
  const etcd = services.value.messages.flatMap((message) => message.services).find(({ id }) => id === 'etcd');
  const { state: service, health } = etcd ?? {};
  return {
    node: looking.node,
    ...(type !== undefined && { isControlPlane: type === 'controlplane' || type === 'init' }),
    ...(service !== undefined && { service: service.slice(0, 40) }),
    ...(health?.unknown === false && { isHealthy: health.healthy }),
    ...(data !== undefined && { data }),
    ...(told !== undefined && {
      ...{ member: told.id, isLearner: told.isLearner, raftIndex: told.raftIndex },
      ...(told.leader !== undefined && { leader: told.leader }),
    }),
    ...(synced !== undefined && { isTimeSynced: synced === 'true' }),
  };
}

/** A field of the only resource of a type; undefined where that cannot be told. */
async function fieldOf(
  caller: Caller,
  call: Looking & { readonly deadlineMs: number },
  place: { readonly namespace: string; readonly type: string },
  path: string,
): Promise<string | undefined> {
  try {
    const [resource] = await listResources(caller, place, [path], call);
    const text = resource?.fields[0]?.trim().slice(0, 40);
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Talos bootstraps only where this folder is empty (docs/talos-behaviour.md). Throws what calls throw. */
async function dataOf(caller: Caller, looking: Looking): Promise<ControlPlaneEtcd['data']> {
  const call = { ...looking, deadlineMs: READ_WITHIN_MS };
  for await (const { relative_name: name, error } of caller.serverStream(
    '/machine.MachineService/List',
    listRequest(DATA),
    call,
  )) {
    if (error !== '') return error.endsWith('no such file or directory') ? 'empty' : undefined;
    if (name !== '.') return 'present';
  }
  return 'empty';
}
