import type { BlackBoxFile } from '../../../preload/contract/blackbox/schema.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Healths } from '../health/healths.ts';
import type { Samples } from '../samples/samples.ts';
import type { TalosconfigSession } from '../talosconfigs/talosconfig-session.ts';
import type { Timelines } from '../timeline/timelines.ts';
import type { Runs } from '../work/runs.ts';
import type { WorkspaceOptions } from '../workspace-options.ts';
import { makeBox } from './make-box.ts';

/** Of each node: one in ten seconds. */
const MOST_SAMPLES = 360;

/** Where a black box is put together from. */
interface Known {
  readonly clusters: Pick<Clusters, 'get'>;
  readonly talosconfig: Pick<TalosconfigSession, 'context'>;
  readonly healths: Pick<Healths, 'attention'>;
  readonly timelines: Pick<Timelines, 'of'>;
  readonly samples: Pick<Samples, 'keptOf'>;
  readonly runs: Pick<Runs, 'history'>;
}

/** The last hour of a context's cluster, as far as it is known; asks nobody. Throws Failed `not-found`. */
export function boxOfContext(
  context: string,
  { clusters, talosconfig, healths, timelines, samples, runs }: Known,
  { clock, version = '' }: Pick<WorkspaceOptions, 'clock' | 'version'>,
): BlackBoxFile {
  const cluster = clusters.get(context);
  return makeBox({
    nowMs: clock.now(),
    version,
    name: talosconfig.context(context).summary.name,
    nodes: cluster.nodes.current,
    pool: cluster.status.current,
    attention: healths.attention(context).current,
    timeline: timelines.of(context).entries,
    samples: samples.keptOf(cluster, MOST_SAMPLES),
    runs: runs.history.current.filter((run) => run.context === context),
  });
}
