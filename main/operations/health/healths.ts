import type { AttentionState, ClusterSummary, EtcdView, HealthState } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Observable } from '../../lib/observable.ts';
import type { Cluster } from '../clusters/cluster.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { SnapshotsTaken } from '../etcd/snapshots-taken.ts';
import type { AttentionChoices } from './attention-choices.ts';
import { AttentionNotices, type AttentionNotice } from './attention-notices.ts';
import { ClusterHealth } from './cluster-health.ts';
import { LookedAt } from './looked-at.ts';
import type { Foreground } from '../work/foreground.ts';

/** What {@link Healths} needs. */
export interface HealthsOptions {
  readonly clusters: Pick<Clusters, 'get' | 'follow'>;
  readonly attention: AttentionChoices;
  readonly snapshots: Pick<SnapshotsTaken, 'of' | 'taken'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Does anybody see the page? */
  readonly isSeen: () => boolean;
  /** What the user waits for goes first. */
  readonly foreground: Foreground;
}

/** What was wrong with a cluster when somebody looked last. */
interface LastAttention extends AttentionState {
  /** Fingerprints of the authorities it had: the same context may lead to another cluster by now. */
  readonly authorities: readonly string[];
}

/** The health of every cluster that somebody looks at, by the id of its context, whichever cluster stands there. */
export class Healths {
  readonly #options: HealthsOptions;
  readonly #known = new WeakMap<Cluster, ClusterHealth>();
  readonly #notices: AttentionNotices;
  readonly #lookedAt = new LookedAt();
  readonly #lastAttention = new Map<string, LastAttention>();

  constructor(options: HealthsOptions) {
    this.#options = options;
    this.#notices = new AttentionNotices(options);
  }

  /** Every node of a context. Throws Failed `not-found`. */
  health(id: string): Observable<HealthState> {
    return this.#of(id, ({ health }) => health);
  }

  /** What is wrong with a context's cluster. Throws Failed `not-found`. */
  attention(id: string): Observable<AttentionState> {
    return this.#of(id, ({ attention }) => attention);
  }

  /** The members of a context's etcd. Throws Failed `not-found`. */
  etcd(id: string): Observable<EtcdView> {
    return this.#of(id, ({ etcd }) => etcd);
  }

  /** A context's cluster in some figures. Throws Failed `not-found`. */
  overview(id: string): Observable<ClusterSummary> {
    return this.#of(id, ({ overview }) => overview);
  }

  /** Which nodes of a context are in view in a window. Throws Failed `not-found`. */
  look(id: string, windowId: number, nodes: readonly string[]): void {
    const health = this.#get(id);
    health.look(this.#lookedAt.look(id, windowId, nodes));
  }

  /** The page of a window was left: nothing is in view there any more. */
  leave(windowId: number): void {
    for (const id of this.#lookedAt.contextsOf(windowId)) {
      const left = this.#lookedAt.look(id, windowId, []);
      try {
        this.#get(id).look(left);
      } catch (error) {
        // Its context is gone.
        if (!(error instanceof Failed)) throw error;
      }
    }
  }

  /** Asks everything of a context again. Throws Failed `not-found`. */
  async refresh(id: string): Promise<void> {
    this.#get(id).refresh();
    await this.#options.clusters.get(id).nodes.refresh();
  }

  /** Shows serious items by notices of the desktop from now on, where the user asked for them. */
  tellOfAttention(show: (notice: AttentionNotice) => void): void {
    this.#notices.show = show;
  }

  /** What was wrong with the clusters that somebody looked at, as of then, by the id of their context. Asks nobody. */
  get lastAttention(): ReadonlyMap<string, LastAttention> {
    return this.#lastAttention;
  }

  /** What was known belongs to other files. */
  forget(): void {
    this.#lastAttention.clear();
  }

  #get(id: string): ClusterHealth {
    return this.#ofCluster(this.#options.clusters.get(id));
  }

  #of<T>(id: string, pick: (health: ClusterHealth) => Observable<T>): Observable<T> {
    const { current } = pick(this.#get(id));
    return this.#options.clusters.follow(
      id,
      (cluster) => pick(this.#ofCluster(cluster)),
      () => current,
    );
  }

  #ofCluster(cluster: Cluster): ClusterHealth {
    const known = this.#known.get(cluster);
    if (known !== undefined) return known;
    const { attention } = this.#options;
    const made = new ClusterHealth(cluster, {
      ...this.#options,
      onAttention: ({ destination: { id, name, reading } }, state) => {
        const { caFingerprints: authorities } = reading.summary;
        this.#lastAttention.set(id, { ...state, authorities });
        this.#notices.look({ id, name, authorities, items: state.items, isOn: attention.chosen.current.isNotifying });
      },
    });
    this.#known.set(cluster, made);
    return made;
  }
}
