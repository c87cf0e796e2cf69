import type { AttentionState, ClusterSummary, EtcdView, HealthState } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { every } from '../../lib/every.ts';
import { Failed } from '../../lib/failed.ts';
import { Value, type Observable } from '../../lib/observable.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Lease } from '../clusters/lease.ts';
import { EtcdWatch } from '../etcd/etcd-watch.ts';
import type { SnapshotsTaken } from '../etcd/snapshots-taken.ts';
import type { Foreground } from '../work/foreground.ts';
import type { AttentionChoices } from './attention-choices.ts';
import { AttentionMemory } from './attention-list.ts';
import { healthPicture, type HealthPicture } from './health-picture.ts';
import { NodesHealth } from './nodes-health.ts';

const TICK_MS = 250;
/** Watches of a window that is hidden end after this; one that was only covered for a moment need not begin anew. */
const HIDDEN_MS = 30_000;
/** What a node told is shown after this; a new state at once, and ages after {@link AGES_SHOWN_MS}. */
const FACTS_SHOWN_MS = 1_000;
const AGES_SHOWN_MS = 2_000;
/** The page gets all nodes each time: of a thousand less often. */
const STATE_MS_PER_NODE = 1;
const FACTS_MS_PER_NODE = 10;
const AGES_MS_PER_NODE = 10;

/** What {@link ClusterHealth} needs. */
export interface ClusterHealthOptions {
  readonly attention: AttentionChoices;
  readonly snapshots: Pick<SnapshotsTaken, 'of' | 'taken'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Does anybody see the page? Nothing is asked while nobody does, unless notices of the desktop were asked for. */
  readonly isSeen: () => boolean;
  /** Nothing new is begun while the user waits for something. */
  readonly foreground: Foreground;
  /** Told of what is wrong now, each time it was worked out while somebody looked. */
  readonly onAttention: (cluster: Cluster, attention: AttentionState) => void;
}

/** The health of one cluster: of its nodes, its etcd, and what is wrong with it. Asks while anything of it is looked at. */
export class ClusterHealth {
  readonly health: Observable<HealthState>;
  readonly attention: Observable<AttentionState>;
  readonly etcd: Observable<EtcdView>;
  readonly overview: Observable<ClusterSummary>;
  readonly #cluster: Cluster;
  readonly #options: ClusterHealthOptions;
  readonly #nodes: NodesHealth;
  readonly #etcdWatch: EtcdWatch;
  readonly #memory = new AttentionMemory();
  readonly #shown: {
    readonly health: Value<HealthState>;
    readonly attention: Value<AttentionState>;
    readonly etcd: Value<EtcdView>;
    readonly overview: Value<ClusterSummary>;
  };
  #lookers = 0;
  #lease: Lease | undefined;
  #stop: (() => void) | undefined;
  #measuring: (() => void) | undefined;
  #shownAtMs = -Infinity;
  /** Monotonic: the last time that somebody saw it. */
  #seenAtMs = -Infinity;
  #dirty: 'state' | 'facts' | undefined;
  readonly #isHeld: () => boolean;

  constructor(cluster: Cluster, options: ClusterHealthOptions) {
    const { clock, random, foreground } = options;
    this.#isHeld = foreground.holding(clock);
    this.#cluster = cluster;
    this.#options = options;
    const connection = () => (this.#lease ?? cluster).caller;
    this.#nodes = new NodesHealth({
      ...{ connection, clock, random },
      isHeld: () => foreground.isBusy,
      mayReadSecrets: () => cluster.destination.certificate?.roles.includes('os:admin') === true,
      onClockSet: () => cluster.clocks.again(),
      onSeen: (node, seen) => this.#lease?.mark(node, seen),
      onChange: (what) => this.#changed(what),
    });
    this.#etcdWatch = new EtcdWatch({
      ...{ connection, clock },
      context: () => cluster.destination.id,
      nodes: () => cluster.nodes.current,
      onChange: (what) => this.#changed(what),
    });
    this.#nodes.setNodes(cluster.nodes.current);
    const now = this.#compute();
    this.#shown = {
      health: new Value(now.health),
      attention: new Value(now.attention),
      etcd: new Value(now.etcd),
      overview: new Value(now.overview),
    };
    this.health = this.#looked(this.#shown.health);
    this.attention = this.#looked(this.#shown.attention);
    this.etcd = this.#looked(this.#shown.etcd);
    this.overview = this.#looked(this.#shown.overview);
  }

  /** Which nodes are in view now. */
  look(nodes: readonly string[]): void {
    this.#nodes.look(nodes);
  }

  /** Asks everything again with the next ticks. */
  refresh(): void {
    this.#nodes.refresh();
    this.#etcdWatch.refresh();
    this.#cluster.clocks.again();
  }

  /** Whoever listens to any part keeps all of it going. */
  #looked<T>(value: Value<T>): Observable<T> {
    return {
      get current() {
        return value.current;
      },
      subscribe: (listener) => {
        const stop = value.subscribe(listener);
        this.#lookers += 1;
        if (this.#lookers === 1) this.#start();
        let isOver = false;
        return () => {
          if (isOver) return;
          isOver = true;
          stop();
          this.#lookers -= 1;
          if (this.#lookers === 0) this.#end();
        };
      },
    };
  }

  #start(): void {
    const { clock, attention, snapshots } = this.#options;
    const { nodes, status } = this.#cluster;
    const stops = [
      nodes.subscribe((state) => this.#nodes.setNodes(state)),
      status.subscribe(() => this.#changed('facts')),
      attention.chosen.subscribe(() => this.#changed('state')),
      snapshots.taken.subscribe(() => this.#changed('state')),
      every(clock, TICK_MS, () => this.#tick()),
    ];
    this.#stop = () => {
      for (const stop of stops) stop();
      this.#letGo();
    };
    this.#nodes.setNodes(nodes.current);
    this.#tick();
  }

  #end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** Holds the cluster and asks its nodes, as soon as it can be dialled. */
  #take(): void {
    if (this.#lease !== undefined) return;
    try {
      this.#lease = this.#cluster.lease();
    } catch (error) {
      if (error instanceof Failed) return; // The context's own problems say why.
      throw error;
    }
    this.#lease.signal.addEventListener('abort', () => this.#letGo(), { once: true });
    this.#nodes.start();
    this.#etcdWatch.start();
  }

  #measureClocks(): void {
    const { nodes, clocks } = this.#cluster;
    // Not before the control planes are known: the first measuring would find the endpoint alone, and the next is minutes later.
    if (this.#lease === undefined || nodes.current.status === 'loading') return;
    this.#measuring ??= clocks.subscribe(() => this.#changed('state'));
  }

  #letGo(): void {
    this.#nodes.stop();
    this.#etcdWatch.stop();
    this.#measuring?.();
    this.#measuring = undefined;
    this.#lease?.release();
    this.#lease = undefined;
  }

  #tick(): void {
    const { clock, isSeen, attention } = this.#options;
    const nowMs = clock.monotonic();
    if (!isSeen() && !attention.chosen.current.isNotifying) {
      if (this.#lease !== undefined && nowMs - this.#seenAtMs > HIDDEN_MS) this.#letGo();
      return;
    }
    this.#seenAtMs = nowMs;
    if (this.#isHeld()) return;
    this.#take();
    this.#measureClocks();
    if (this.#lease !== undefined) {
      this.#nodes.tick();
      this.#etcdWatch.tick();
    }
    const sinceMs = nowMs - this.#shownAtMs;
    const size = this.#cluster.nodes.current.nodes.length;
    const restMs = {
      state: size * STATE_MS_PER_NODE,
      facts: Math.max(FACTS_SHOWN_MS, size * FACTS_MS_PER_NODE),
      age: Math.max(AGES_SHOWN_MS, size * AGES_MS_PER_NODE),
    }[this.#dirty ?? 'age'];
    if (sinceMs >= restMs) this.#show();
  }

  #changed(what: 'state' | 'facts' | 'age'): void {
    if (what === 'state' || (what === 'facts' && this.#dirty === undefined)) this.#dirty = what;
  }

  #show(): void {
    this.#dirty = undefined;
    this.#shownAtMs = this.#options.clock.monotonic();
    const now = this.#compute();
    this.#shown.health.set(now.health);
    this.#shown.etcd.set(now.etcd);
    this.#shown.attention.set(now.attention);
    this.#shown.overview.set(now.overview);
    this.#options.onAttention(this.#cluster, now.attention);
  }

  #compute(): HealthPicture {
    const { clock, attention, snapshots } = this.#options;
    const { destination, nodes, clocks, status } = this.#cluster;
    const nowMs = clock.now();
    return healthPicture({
      ...{ nowMs, destination, memory: this.#memory, isNotifying: attention.chosen.current.isNotifying },
      ...{ etcd: this.#etcdWatch.current, pool: status.current, clocks: clocks.current, found: nodes.current },
      snapshot: snapshots.of(destination.reading.summary),
      nodes: this.#nodes.entries,
      mutedUntil: (item) => attention.mutedUntil(destination.reading.summary, item, nowMs),
    });
  }
}
