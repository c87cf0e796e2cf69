import type { NodeSummary } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { Clusters } from '../clusters/clusters.ts';

const DEADLINE_MS = 5_000;

/**
 * The machines of one cluster as discovery lists them now, of a visit of its own. Throws Failed: why discovery failed, `timeout` after
 * 5 s, `cancelled`, and what dialling throws.
 */
export async function nodesOfCluster(
  clusters: Pick<Clusters, 'visit'>,
  clock: Clock,
  context: string,
  signal: AbortSignal,
): Promise<readonly NodeSummary[]> {
  const { cluster, leave } = clusters.visit(context);
  const deadline = new AbortController();
  const cancel = clock.after(DEADLINE_MS, () => deadline.abort());
  const until = AbortSignal.any([signal, deadline.signal]);
  try {
    // Only to throw here what dialling throws.
    void cluster.caller;
    await untilAborted(until, (resolve) => void cluster.nodes.refresh().then(resolve));
    signal.throwIfAborted();
    const { status, nodes, failure } = cluster.nodes.current;
    if (status === 'ready') return nodes;
    throw failure ? new Failed(failure) : notInTime(cluster.destination.name);
  } finally {
    cancel();
    leave();
  }
}

const notInTime = (context: string): Failed =>
  new Failed({ code: 'timeout', message: 'Nobody told its nodes within 5 s.', where: { context }, retry: 'safe' });
