import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { KnownSnapshot, NodeSummary, RecoveryStep, RecoveryView } from '../../../../preload/contract/index.ts';
import type { Clock } from '../../../lib/clock.ts';
import { Failed, isCancelled } from '../../../lib/failed.ts';
import { utcMinute } from '../../../lib/utc-minute.ts';
import type { Caller } from '../../clusters/caller.ts';
import type { Clusters } from '../../clusters/clusters.ts';
import { talosctlLine } from '../../commands/kit/talosctl-line.ts';
import { lookAtControlPlanes, maybeControlPlanes } from '../control-plane-look.ts';
import { etcdView } from '../etcd-view.ts';
import type { KnownSnapshots } from '../known-snapshots.ts';
import { readEtcd } from '../read-etcd.ts';
import type { KeptRecoveries } from './kept-recoveries.ts';
import { COPY_FOR_MS, type RecoverySituation } from './situation.ts';
import { recoverySteps } from './steps.ts';
import { recoveryWay } from './way.ts';

/** What {@link Recoveries} work with. */
export interface RecoveriesOptions {
  readonly clusterOf: (context: string) => string;
  /** Snapshots are known of the cluster that a context led to before it got another CA. */
  readonly hasOfBefore: (context: string) => boolean;
  readonly clusters: Pick<Clusters, 'get' | 'of'>;
  readonly known: Pick<KnownSnapshots, 'shown' | 'find'>;
  readonly kept: KeptRecoveries;
  readonly clock: Clock;
}

/** The way out of a broken etcd, cluster by cluster: looked at when somebody asks. */
export class Recoveries {
  readonly #options: RecoveriesOptions;

  constructor(options: RecoveriesOptions) {
    this.#options = options;
  }

  /** Which way out applies and how far it is, as it is seen now. Throws Failed: `not-found`, and what connecting throws. */
  async look(context: string, signal: AbortSignal): Promise<RecoveryView> {
    const { clusterOf, hasOfBefore, clusters, known, kept, clock } = this.#options;
    const discovered = clusters.get(context).nodes;
    if (maybeControlPlanes(discovered.current.nodes).length === 0) await discovered.refresh();
    const { nodes } = discovered.current;
    const caller = clusters.of(context);
    const isKnownBefore = hasOfBefore(context);
    const cluster = clusterOf(context);
    return lookForRecovery({ context, cluster, isKnownBefore, caller, nodes, known, kept, clock, signal });
  }

  /** Notes that one is begun, and which snapshot it goes on with. Throws Failed `not-found`, and what writing throws. */
  async begin(context: string, snapshot?: string): Promise<void> {
    const { clusterOf, known, kept, clock } = this.#options;
    const cluster = clusterOf(context);
    if (snapshot !== undefined && known.find(snapshot)?.cluster !== cluster)
      throw new Failed({ code: 'not-found', message: 'This snapshot is not known any more. Choose it again.' });
    await kept.keep(cluster, clock.now(), snapshot);
  }

  /** It is over, or given up. Throws Failed `not-found`, and what writing throws. */
  async end(context: string): Promise<void> {
    await this.#options.kept.end(this.#options.clusterOf(context));
  }
}

/** What looking at a broken etcd takes. */
interface RecoveryLook {
  readonly context: string;
  /** As `DeedPlace` says which cluster it is. */
  readonly cluster: string;
  /** Snapshots are known of the cluster that the context led to before. */
  readonly isKnownBefore: boolean;
  readonly caller: Caller;
  /** As discovery knows them. */
  readonly nodes: readonly NodeSummary[];
  readonly known: Pick<KnownSnapshots, 'shown'>;
  readonly kept: Pick<KeptRecoveries, 'of'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Looks at every control plane, at etcd and at the snapshots on this computer, and says which way out applies and how far it is: by what is
 * seen now, and by nothing that was written down but when it was begun and which snapshot was chosen. Throws Failed when nobody is known.
 */
async function lookForRecovery(look: RecoveryLook): Promise<RecoveryView> {
  const { context, cluster, caller, nodes, known, kept, clock, signal } = look;
  const asked = maybeControlPlanes(nodes);
  if (asked.length === 0)
    throw new Failed({ code: 'not-found', message: 'No control plane of this cluster is known.' });
  const [controlPlanes, etcd, files] = await Promise.all([
    lookAtControlPlanes(caller, asked, signal),
    membersNow(look, asked),
    known.shown(cluster),
  ]);
  const snapshots = bestFirst(files.filter(({ isGone }) => isGone !== true));
  const hasGone = files.some(({ isGone }) => isGone === true);
  const situation: RecoverySituation = {
    controlPlanes,
    snapshots,
    ...(hasGone && { hasGone: true as const }),
    ...(look.isKnownBefore && { isKnownBefore: true as const }),
    ...etcd,
  };
  const verdict = recoveryWay(situation);
  const nowMs = clock.now();
  const record = kept.of(cluster, nowMs);
  // What is older is not wiped for either (wipe-etcd.ts).
  const sinceMs = Math.max(record?.begunMs ?? nowMs, nowMs - COPY_FOR_MS);
  const chosen = chosenOf(snapshots, { id: record?.snapshot, isNew: verdict.way === 'new', sinceMs });
  const steps = recoverySteps({
    ...{ situation, verdict, chosen },
    begunMs: sinceMs,
    line: (node, words) => talosctlLine(caller, [node], words),
  });
  const isRecovered = verdict.way === 'survivor' || verdict.way === 'snapshot';
  return {
    ...{ context, way: verdict.way, reasons: verdict.reasons, unknown: verdict.unknown },
    ...{ controlPlanes, steps, snapshots, atMs: nowMs },
    ...(isRecovered && { loses: losesWords(chosen, steps) }),
    ...(chosen !== undefined && { chosen: chosen.id }),
    ...(record !== undefined && { begunMs: record.begunMs }),
  };
}

/** The one with the highest revision has the most; of two, the newer file. */
const bestFirst = (snapshots: readonly KnownSnapshot[]): readonly KnownSnapshot[] =>
  [...snapshots].sort((a, b) => b.revision - a.revision || b.atMs - a.atMs);

/** How one is proposed. */
interface Choosing {
  /** What the user chose. */
  readonly id: string | undefined;
  /** The cluster may be new. */
  readonly isNew: boolean;
  /** Copies of from then on are of this recovery. */
  readonly sinceMs: number;
}

/**
 * What the user chose; nothing while that cannot be used, since another one is not what they chose. Else the best: but nothing for a
 * cluster that may be new, nor where a newer one has a lower revision. Then etcd was recovered from an older one, or begun anew, since the
 * best was taken, or a member is far behind: that is for the user to say.
 */
function chosenOf(snapshots: readonly KnownSnapshot[], { id, isNew, sinceMs }: Choosing): KnownSnapshot | undefined {
  if (id !== undefined) return snapshots.find((one) => one.id === id);
  const [best] = snapshots;
  if (isNew || best === undefined) return undefined;
  const isCopiedNow = best.from === 'disk' && best.atMs >= sinceMs;
  // When a chosen file was written says little of when it was taken.
  const isBehind = snapshots.some(
    ({ from, atMs, revision }) => from !== 'chosen' && atMs > best.atMs && revision < best.revision,
  );
  return isCopiedNow || !isBehind ? best : undefined;
}

function losesWords(chosen: KnownSnapshot | undefined, steps: readonly RecoveryStep[]): string {
  if (steps.some(({ id, state }) => id.startsWith('copy:') && state !== 'done'))
    return 'Nothing yet. Once the databases are copied it is said here what the best of them does not have: what was written to other members alone.';
  if (chosen === undefined)
    return 'What is lost follows from the snapshot that it is recovered from: none is chosen yet.';
  return `Kubernetes is as it was at revision ${formatNumber(chosen.revision)} of ${utcMinute(chosen.atMs)} (${chosen.name}) afterwards. All that was changed later is lost.`;
}

/** The members as etcd lists them now; nothing where nobody does. */
async function membersNow(
  { caller, clock, signal }: RecoveryLook,
  nodes: readonly NodeSummary[],
): Promise<Pick<RecoverySituation, 'members' | 'leader'>> {
  try {
    const look = await readEtcd({ connection: caller, nodes, known: [], clock, signal });
    if (look.failure !== undefined) return {};
    const { members, leader } = etcdView(look);
    return { members, ...(leader !== undefined && { leader }) };
  } catch (error) {
    signal.throwIfAborted();
    if (isCancelled(error)) throw error;
    return {};
  }
}
