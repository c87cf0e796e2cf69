import type { FleetRow } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { placeForTalosctl } from '../clusters/destination.ts';
import { talosctlLine } from '../commands/kit/talosctl-line.ts';
import { findings } from '../health/attention-list.ts';
import { NodeEntry } from '../health/node-entry.ts';
import { versionCounts } from '../health/overview.ts';
import { probeNode } from '../health/probe-node.ts';
import { StatusTexts } from '../health/status-texts.ts';
import { eachBounded } from '../work/fan-out/each-bounded.ts';

/** What a look found; all of it is of one moment. */
export type FleetLook = Pick<
  FleetRow,
  'state' | 'atMs' | 'endpoints' | 'nodes' | 'talosVersions' | 'earliestExpiry' | 'attention' | 'failure'
>;

/** Nodes of one cluster that are asked, and so many at a time: a look is to be cheap. */
const MOST_NODES = 50;
const NODES_AT_ONCE = 16;
/** What is older than this is not known; longer than any look takes. */
const FRESH_MS = 60_000;

/**
 * Looks at one cluster until the signal aborts: its endpoints, its machines and how they call themselves. What has not answered by then
 * does not count as up. Throws Failed when it cannot be dialled.
 */
export async function lookAtCluster(cluster: Cluster, clock: Clock, signal: AbortSignal): Promise<FleetLook> {
  const { caller } = cluster;
  const tested = cluster.test().catch(() => undefined);
  await inTime(cluster.nodes.refresh(), signal);
  const found = cluster.nodes.current;
  const texts = new StatusTexts();
  const entries = found.nodes
    .slice(0, MOST_NODES)
    .map((node) => new NodeEntry(node, { now: clock.now, onChange: () => undefined }));
  // Where discovery did not answer there is no way to a node either.
  if (found.status === 'ready') {
    const ask = async (entry: NodeEntry): Promise<void> => {
      await probeNode(entry, caller, { clock, texts, signal }).catch(() => undefined);
    };
    await inTime(
      eachBounded(entries, NODES_AT_ONCE, signal, ask, () => undefined),
      signal,
    );
  }
  await inTime(tested, signal);
  return judged(cluster, entries, clock.now());
}

function judged(cluster: Cluster, entries: readonly NodeEntry[], nowMs: number): FleetLook {
  const { destination, status } = cluster;
  const pool = status.current;
  const nodes = entries.map((entry) => entry.view(nowMs, FRESH_MS));
  const endpoints = pool.endpoints.map(({ endpoint, phase, downSinceMs }): FleetRow['endpoints'][number] => {
    const isDown = downSinceMs !== undefined || phase === 'backing-off' || phase === 'ejected';
    return { endpoint, state: isDown ? 'down' : phase === 'ready' ? 'up' : 'unknown' };
  });
  const place = placeForTalosctl(destination);
  const found = findings({
    ...{ nowMs, nodes, pool, certificate: destination.certificate },
    etcd: { context: destination.id, status: 'none', members: [], missing: [] },
    clocks: { context: destination.id, status: 'unknown', clocks: [] },
    talosctl: (targets, words) => talosctlLine(place, targets, words),
  }).filter(({ severity }) => severity !== 'notice');
  const worst = found.find(({ severity }) => severity === 'critical') ?? found[0];
  const isUp = endpoints.some(({ state }) => state === 'up') || nodes.some(({ seenAtMs }) => seenAtMs !== undefined);
  const ends = pool.endpoints.flatMap(({ endpoint, certificate }) =>
    certificate === undefined ? [] : [{ atMs: certificate.notAfterMs, of: 'endpoint' as const, endpoint }],
  );
  const own = destination.certificate ? [{ atMs: destination.certificate.notAfterMs, of: 'client' as const }] : [];
  // Endpoints renew theirs every day by themselves, so one that runs says nothing; one that has ended does.
  const counting = own.length === 0 ? ends : ends.filter(({ atMs }) => atMs <= nowMs);
  const [earliestExpiry] = [...own, ...counting].sort((a, b) => a.atMs - b.atMs);
  const { failure } = cluster.nodes.current;
  return {
    state: !isUp ? 'down' : found.length > 0 ? 'attention' : 'up',
    atMs: nowMs,
    endpoints,
    nodes: {
      up: nodes.filter(({ seenAtMs, notReachedSinceMs }) => seenAtMs !== undefined && notReachedSinceMs === undefined)
        .length,
      asked: nodes.length,
      known: cluster.nodes.current.nodes.length,
    },
    talosVersions: versionCounts(nodes.map(({ version }) => version)),
    ...(earliestExpiry && { earliestExpiry }),
    attention: { count: found.length, ...(worst && { worst: worst.title }) },
    ...(!isUp && { failure: failure ?? nobodyInTime(destination.name).failure }),
  };
}

const nobodyInTime = (context: string): Failed =>
  new Failed({ code: 'timeout', message: 'No endpoint answered within 3 s.', where: { context }, retry: 'safe' });

/** Waits for it, but no longer than the signal stands. Never rejects. */
async function inTime(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  await untilAborted(signal, (resolve) => {
    void work.then(resolve, resolve);
  });
}
