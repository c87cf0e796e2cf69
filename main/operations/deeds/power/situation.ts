import type { EtcdView, NodeSummary, PoolStatus } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Caller } from '../../clusters/caller.ts';
import { etcdView } from '../../etcd/etcd-view.ts';
import { readEtcd } from '../../etcd/read-etcd.ts';
import { mayGoDown, type DownSituation } from '../../health/may-go-down.ts';
import { stageOf } from './machine-look.ts';

/** What reading the situation of a cluster takes. */
export interface PowerSituationOptions {
  readonly caller: () => Caller;
  readonly clock: Clock;
  /** As discovery knows them. */
  readonly nodes: readonly NodeSummary[];
  readonly signal: AbortSignal;
}

/** The control planes of a cluster and its etcd, read just now. */
export interface PowerSituation {
  readonly etcd: EtcdView;
  readonly nodes: DownSituation['nodes'];
}

/** Nobody's endpoints: whether Minos still reaches the cluster is asked elsewhere. */
const NO_POOL: PoolStatus = { context: '', endpoints: [], summary: 'idle', hints: [] };

/** Reads etcd and how each control plane is. Throws Failed when nobody tells anything of etcd. */
export async function readSituation({ caller, clock, nodes, signal }: PowerSituationOptions): Promise<PowerSituation> {
  const controlPlanes = nodes.filter(({ role }) => role === 'controlplane');
  const [look, states] = await Promise.all([
    readEtcd({ connection: caller(), nodes: controlPlanes, known: [], clock, signal }),
    Promise.all(controlPlanes.map((node) => healthOf(node, caller(), signal))),
  ]);
  return { etcd: { context: '', ...etcdView(look) }, nodes: states };
}

/** Why a control plane may not go down now, a sentence each: by the arithmetic of etcd, or because nobody knows. Empty when it may. */
export function againstDown(node: string, { etcd, nodes }: PowerSituation): readonly string[] {
  const found = nodes.find((one) => one.node === node);
  if (found === undefined) return ['It is not known as a control plane any more.'];
  const { answer, reasons } = mayGoDown(found, { etcd, nodes, pool: NO_POOL, namesOf: () => [] });
  return answer === 'yes' ? [] : reasons;
}

async function healthOf(
  { target, hostname, role }: NodeSummary,
  caller: Caller,
  signal: AbortSignal,
): Promise<DownSituation['nodes'][number]> {
  const fixed = { source: 'probe', isStale: false, unmetConditions: [], services: [], diagnostics: [] } as const;
  const about = { node: target, ...(hostname !== undefined && { hostname }), role, ...fixed };
  try {
    const { stage, isReady } = await stageOf(caller, { node: target, signal });
    return { ...about, state: stage === 'running' && isReady ? 'well' : 'unwell', stage, isReady };
  } catch {
    signal.throwIfAborted();
    return { ...about, state: 'not-reached' };
  }
}
