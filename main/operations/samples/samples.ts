import { MOST_RING_BYTES, type Sample, type SampleItem, type StreamParams } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { leased, type Lease } from '../clusters/lease.ts';
import { Backlog } from '../work/buffers/backlog.ts';
import { DropOldest } from '../work/buffers/drop-oldest.ts';
import { NodeSampler } from './node-sampler.ts';
import { ProcessLister } from './process-lister.ts';
import { thinned } from './thinned.ts';

/** What {@link Samples} work with. */
export interface SamplesOptions {
  /** The cluster of a context. Throws Failed. */
  readonly cluster: (context: string) => Cluster;
  readonly clock: Clock;
  /** Does anybody see the page? Nothing is measured while not. */
  readonly isSeen: () => boolean;
}

/** Of all clusters: nodes whose last hour is kept take 38 MiB at most, and 0.1 MiB each at one sample in three seconds. */
const MOST_KEPT_NODES = Math.floor((40 * 1024 * 1024) / MOST_RING_BYTES);
/** Samples in one item. */
const AT_ONCE = 120;
/** Of all nodes together; beyond these, what is older is told in less detail. */
const MOST_TOLD = 21_600;
/** Of one node at least: one in ten seconds. */
const LEAST_TOLD = 360;
/** Samples that wait for a page that is slow; the oldest go, and are a gap there. */
const MOST_WAITING = 20_000;
/** Places in an interval at which nodes are asked. */
const TURNS = 16;

interface Kept {
  readonly cluster: Cluster;
  readonly node: string;
  readonly sampler: NodeSampler;
}

/** How busy nodes are (docs/adr/0032): each is measured once however many look, only while somebody does. */
export class Samples {
  readonly #options: SamplesOptions;
  /** In the order they were last asked for. */
  #kept: readonly Kept[] = [];

  constructor(options: SamplesOptions) {
    this.#options = options;
  }

  /** What is kept of the last hour, then each new sample, until `signal` aborts. Throws why the cluster was closed: Failed. */
  async *stream(
    { context, nodes, everyMs, processesOf }: StreamParams<'samples'>,
    signal: AbortSignal,
  ): AsyncGenerator<SampleItem, void, undefined> {
    const cluster = this.#options.cluster(context);
    const lease = cluster.lease();
    const wanted = [...new Set(nodes)];
    yield* leased(lease, signal, (until) =>
      this.#follow(cluster, lease, { nodes: wanted, everyMs, processesOf }, until),
    );
  }

  /** Everything kept of a cluster, at most `most` samples of each node. */
  keptOf(cluster: Cluster, most: number): readonly { readonly node: string; readonly samples: readonly Sample[] }[] {
    return this.#kept.flatMap((each) => {
      if (each.cluster !== cluster) return [];
      const { ring } = each.sampler;
      return [{ node: each.node, samples: thinned(ring.slice(0, ring.count), Math.ceil(ring.count / most)) }];
    });
  }

  async *#follow(
    cluster: Cluster,
    lease: Lease,
    wish: { readonly nodes: readonly string[]; readonly everyMs: number; readonly processesOf: string | undefined },
    signal: AbortSignal,
  ): AsyncGenerator<SampleItem, void, undefined> {
    const { clock, isSeen } = this.#options;
    const { nodes, everyMs, processesOf } = wish;
    const items = new Backlog<SampleItem>(
      new DropOldest(MOST_WAITING, (node) => ({ type: 'samples', node, samples: [] })),
    );
    const stops: (() => void)[] = [];
    const end = (): void => items.end();
    signal.addEventListener('abort', end, { once: true });
    const most = Math.max(LEAST_TOLD, Math.floor(MOST_TOLD / nodes.length));
    try {
      for (const node of nodes) {
        const { ring } = this.#samplerOf(cluster, node);
        ring.forget(clock.now());
        const told = thinned(ring.slice(0, ring.count), Math.ceil(ring.count / most));
        for (let at = 0; at < told.length; at += AT_ONCE) {
          yield { type: 'samples', node, samples: told.slice(at, at + AT_ONCE) };
        }
      }
      for (const node of nodes) {
        stops.push(
          this.#samplerOf(cluster, node).want({
            ...{ everyMs, isSeen },
            caller: () => lease.caller,
            mark: (name, seen) => lease.mark(name, seen),
            onSample: (sample) => items.push({ type: 'samples', node, samples: [sample] }, 1, node),
            onMoved: (byMs) => items.push({ type: 'moved', node, byMs }),
            onMissing: (sinceMs, failure) => items.push({ type: 'missing', node, sinceMs, failure }),
          }),
        );
      }
      if (processesOf !== undefined) stops.push(this.#listProcesses(processesOf, everyMs, lease, signal, items));
      yield* items;
    } finally {
      signal.removeEventListener('abort', end);
      for (const stop of stops) stop();
      end();
    }
  }

  #listProcesses(
    node: string,
    everyMs: number,
    lease: Lease,
    signal: AbortSignal,
    items: Backlog<SampleItem>,
  ): () => void {
    const { clock, isSeen } = this.#options;
    const lister = new ProcessLister(node, clock);
    const stop = new AbortController();
    const list = (): void => {
      if (!isSeen() || signal.aborted) return;
      void lister.list(lease.caller, AbortSignal.any([signal, stop.signal])).then((item) => {
        if (item !== undefined) items.push(item, 1, 'processes');
      });
    };
    list();
    const cancel = every(clock, everyMs, list);
    return () => {
      cancel();
      stop.abort();
    };
  }

  /** The sampler of a node, which is now the one asked for last; those that nobody wants go when there are too many. */
  #samplerOf(cluster: Cluster, node: string): NodeSampler {
    const known = this.#kept.find((each) => each.cluster === cluster && each.node === node);
    const turn = (this.#kept.length % TURNS) / TURNS;
    const kept = known ?? { cluster, node, sampler: new NodeSampler(node, turn, this.#options.clock) };
    let all = [...this.#kept.filter((each) => each !== known), kept];
    for (const each of all) {
      if (all.length <= MOST_KEPT_NODES) break;
      if (!each.sampler.isWanted && each !== kept) all = all.filter((other) => other !== each);
    }
    this.#kept = all;
    return kept.sampler;
  }
}
