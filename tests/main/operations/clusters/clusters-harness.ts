import { Failed } from '../../../../main/lib/failed.ts';
import type { LeastPowerTools } from '../../../../main/operations/clusters/cluster.ts';
import type { Caller } from '../../../../main/operations/clusters/caller.ts';
import { Clusters } from '../../../../main/operations/clusters/clusters.ts';
import { readContext, type ReadContext } from '../../../../main/operations/talosconfigs/context-reading.ts';
import { parseTalosconfig } from '../../../../main/talosconfig/parse-talosconfig.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { testProto } from '../../../fakes/open-workspace.ts';

/** Clusters on a talosconfig that is no file, with a clock that moves when it is told. Whoever opens it closes `clusters`. */
export interface ClustersBench {
  readonly clusters: Clusters;
  readonly clock: FakeClock;
  /** What the talosconfig says from now on, and whether it can be read. */
  write(text: string, isReadable?: boolean): void;
}

export function openClusters(talosconfig: string, leastPower?: (clock: FakeClock) => LeastPowerTools): ClustersBench {
  const clock = new FakeClock();
  let contexts: readonly ReadContext[] = [];
  let readable = true;
  const read = (text: string): void => {
    const parsed = parseTalosconfig(text);
    contexts = parsed.contexts.map((raw) =>
      readContext(raw, { id: raw.name, file: '/talosconfig', fileContext: parsed.current }, Date.now()),
    );
  };
  read(talosconfig);
  const clusters = new Clusters({
    context: (id) => {
      const found = contexts.find(({ summary }) => summary.id === id);
      if (found === undefined)
        throw new Failed({ code: 'not-found', message: `The talosconfig has no context ${id}.` });
      return found;
    },
    contexts: () => contexts,
    isReadable: () => readable,
    proto: testProto,
    clock,
    random: Math.random,
    ...(leastPower && { leastPower: leastPower(clock) }),
  });
  return {
    clusters,
    clock,
    write: (text, isReadable = true) => {
      readable = isReadable;
      read(text);
      clusters.refresh();
    },
  };
}

/** A stream that follows, and how to ask over its connection, so that it is not silent: a pool dialled later has none yet. */
export async function longStream(caller: Caller) {
  let endpoint = '';
  const { signal } = new AbortController();
  const stream = caller.resumableStream(
    '/cosi.resource.State/Watch',
    { namespace: 'cluster', type: 'Members.cluster.talos.dev', id: 'cp-1', api_version: 1 },
    {
      ...{ node: 'worker-01', signal, deadlineMs: Infinity, resume: () => undefined },
      onEndpoint: (name) => (endpoint = name),
    },
  );
  const reading = stream[Symbol.asyncIterator]();
  await reading.next();
  await reading.next();
  return { reading, ping: () => caller.ping('worker-01', endpoint, 5_000) };
}
