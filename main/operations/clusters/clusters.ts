import type { ClockState, NodesState, PoolStatus, PowerState } from '../../../preload/contract/index.ts';
import { tlsSelfTest } from '../../credentials/tls-self-test.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Observable } from '../../lib/observable.ts';
import type { LoadedProto } from '../../talos/load-proto.ts';
import { ReplyDecoder, type DecodeWorkerPlace } from '../../talos/reply-decoder.ts';
import { ClusterTexts, type ClusterTextsOptions } from '../cluster-text/cluster-texts.ts';
import type { ReadContext } from '../talosconfigs/context-reading.ts';
import type { Caller } from './caller.ts';
import { Cluster, type ClusterTools, type LeastPowerTools } from './cluster.ts';
import { closing, goneFrom, leadsElsewhere, lostCredentials, otherFiles } from './closed-why.ts';
import { Followed } from './followed.ts';
import type { ClusterChange, Lease } from './lease.ts';
import { visitLease } from './visit-lease.ts';
import { contextDestination, isSameWay, type Destination } from './destination.ts';
import { tlsWords } from './words/tls-words.ts';

/** Where {@link Clusters} find what they need. */
export interface ClustersOptions {
  /** The context as the file has it now; throws Failed `not-found`. */
  readonly context: (id: string) => ReadContext;
  /** The contexts of all open files; among them one is looked for that was given another name. Default: none. */
  readonly contexts?: () => readonly ReadContext[];
  /** False for a file that is there and cannot be read: nothing is known of its contexts. Default: all are. */
  readonly isReadable?: (file: string) => boolean;
  /** True for a talosconfig that talosctl finds by itself. Default: all are. */
  readonly isFoundByTalosctl?: (file: string) => boolean;
  /** Where HTTPS_PROXY and NO_PROXY are looked up, at every dial. Default: nowhere. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Loaded when the first call is made. */
  readonly proto: () => LoadedProto;
  /** Decodes large replies elsewhere. Default: large replies fail. */
  readonly decodeWorker?: DecodeWorkerPlace | undefined;
  /** The built main/operations/cluster-text/cluster-text-worker.ts, or that file itself. Default: long specs are not read. */
  readonly clusterTextWorkerFile?: ClusterTextsOptions['workerFile'] | undefined;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Default: everything goes by the certificate of the file. */
  readonly leastPower?: LeastPowerTools;
}

/**
 * Every cluster that is worked on, by the id of its context. One is made when it is first wanted and lives until its context
 * goes: contexts are switched without reconnecting. A context that was given another name is the same cluster; one that lost
 * its credentials, or is signed by another authority, is closed, and made anew when it is wanted again.
 */
export class Clusters {
  readonly #options: ClustersOptions;
  readonly #tools: ClusterTools;
  readonly #followed: Followed;
  #open: ReadonlyMap<string, Cluster> = new Map();
  /** What the files had when they were looked at last. */
  #before: readonly ReadContext[] = [];
  /** Closed, with calls that may have changed something and still run. */
  readonly #closing = new Set<Cluster>();
  /** The app ends: whoever still looks wants no cluster anew. */
  #hasEnded = false;

  constructor(options: ClustersOptions) {
    this.#options = options;
    const { clusterTextWorkerFile: workerFile, clock, random, proto, env = {} } = options;
    this.#tools = {
      ...{ proto, env, clock, random, leastPower: options.leastPower },
      explainTls: tlsWords(tlsSelfTest),
      decoder: new ReplyDecoder(options.decodeWorker, {}, clock),
      texts: new ClusterTexts(workerFile === undefined ? undefined : { workerFile, clock }),
    };
    this.#followed = new Followed((id) => this.#find(id));
  }

  /** The cluster of a context. Throws Failed `not-found`, and `cancelled` when the app ends. */
  get(id: string): Cluster {
    if (this.#hasEnded) throw closing();
    const reading = this.#options.context(id);
    const known = this.#open.get(id);
    if (known?.destination.reading === reading) return known;
    this.#update();
    const cluster = this.#open.get(id) ?? this.#make(reading);
    this.#followed.changed();
    return cluster;
  }

  /** Typed calls to the cluster of a context. Throws Failed `not-found`, or `credentials` when it cannot be dialled. */
  of(id: string): Caller {
    return this.get(id).caller;
  }

  /** Takes a hold on the cluster of a context, see {@link Cluster.lease}. Throws as {@link of}. */
  lease(id: string, onChange?: (change: ClusterChange) => void, isDeed?: boolean): Lease {
    return this.get(id).lease(onChange, isDeed);
  }

  /** Endpoints of a context; those of one that cannot be dialled are idle, and one that is gone has none. */
  status(id: string): Observable<PoolStatus> {
    const none: PoolStatus = { context: id, endpoints: [], summary: 'idle', hints: [] };
    return this.#followed.of<PoolStatus>(
      id,
      ({ status }) => status,
      () => none,
    );
  }

  /** The machines of a context. Throws Failed `not-found`; a context that goes later has failed. */
  nodes(id: string): Observable<NodesState> {
    const { current } = this.get(id).nodes;
    return this.#followed.of<NodesState>(
      id,
      ({ nodes }) => nodes,
      () => current,
    );
  }

  /** By which certificate a context is read. Throws Failed `not-found`; one that goes later is read by none. */
  power(id: string): Observable<PowerState> {
    this.get(id);
    return this.#followed.of<PowerState>(
      id,
      ({ power }) => power.state,
      () => ({ mode: 'off' }),
    );
  }

  /** Least power was switched on or off for some contexts. */
  powerWished(): void {
    for (const cluster of this.#open.values()) cluster.powerWished();
  }

  /** The clocks of a context's control planes. Throws Failed `not-found`; those of one that goes later are unknown. */
  clocks(id: string): Observable<ClockState> {
    const { current } = this.get(id).clocks;
    return this.#followed.of<ClockState>(
      id,
      ({ clocks }) => clocks,
      () => current,
    );
  }

  /**
   * The cluster of a context for one look: the one that is worked on, or one of its own that ends with `leave`, so that hundreds can be
   * looked at without keeping their connections. Throws Failed `not-found`.
   */
  visit(id: string): { readonly cluster: Cluster; readonly leave: () => void } {
    if (this.#hasEnded) throw closing();
    const reading = this.#options.context(id);
    if (this.#open.has(id)) return { cluster: this.get(id), leave: () => undefined };
    const cluster = new Cluster(this.#destinationOfReading(reading), this.#tools);
    this.#closing.add(cluster);
    return { cluster, leave: () => void cluster.close(closing(), true).then(() => this.#closing.delete(cluster)) };
  }

  /** A hold on the cluster of a context for one piece of work, see {@link visit}: releasing it ends the visit. Throws as {@link of}. */
  leaseVisit(id: string, onChange?: (change: ClusterChange) => void): Lease {
    const { cluster, leave } = this.visit(id);
    return visitLease(cluster, leave, onChange);
  }

  /** One thing of whichever cluster stands behind an id, see {@link Followed}. */
  follow<T>(id: string, pick: (cluster: Cluster) => Observable<T>, absent: () => T): Observable<T> {
    return this.#followed.of(id, pick, absent);
  }

  /** After files changed: clusters follow their contexts, or are closed. */
  refresh(): void {
    this.#update();
    this.#followed.changed();
  }

  /** Closes every cluster, since others may have the same names from now on. */
  forget(): void {
    const open = [...this.#open.values()];
    this.#open = new Map();
    this.#before = [];
    for (const cluster of open) this.#close(cluster, otherFiles());
  }

  /** Ends everything: calls, connections and threads. */
  async close(): Promise<void> {
    this.#hasEnded = true;
    const all = [...this.#open.values(), ...this.#closing];
    this.#open = new Map();
    await Promise.all(all.map((cluster) => cluster.close(closing(), true)));
    await this.#tools.decoder.close();
    await this.#tools.texts.close();
  }

  #update(): void {
    const { isReadable = () => true } = this.#options;
    const known = new Set(this.#before.map(({ summary }) => summary.id));
    this.#before = this.#options.contexts?.() ?? [];
    const next = new Map<string, Cluster>();
    const left = new Set<Cluster>();
    for (const [id, cluster] of this.#open) {
      const destination = this.#destinationOf(id, cluster);
      const stays = destination === undefined ? !isReadable(cluster.destination.file) : cluster.canFollow(destination);
      if (stays) next.set(id, cluster);
      else left.add(cluster);
    }
    // A name that was there before means what it meant, unless its own cluster went.
    for (const { destination } of left) known.delete(destination.id);
    for (const cluster of left) {
      const destination = this.#renamed(cluster, (id) => known.has(id) || next.has(id));
      if (destination === undefined) continue;
      next.set(destination.id, cluster);
      left.delete(cluster);
    }
    this.#open = next;
    // Only now: whoever is told looks up what there is from now on.
    for (const [id, cluster] of next) cluster.follow(this.#destinationOf(id, cluster) ?? cluster.destination);
    for (const cluster of left) this.#close(cluster, this.#whyClosed(cluster));
  }

  #make(reading: ReadContext): Cluster {
    const cluster = new Cluster(this.#destinationOfReading(reading), this.#tools);
    this.#open = new Map(this.#open).set(cluster.destination.id, cluster);
    return cluster;
  }

  #find(id: string): Cluster | undefined {
    try {
      return this.get(id);
    } catch (error) {
      if (error instanceof Failed) return undefined;
      throw error;
    }
  }

  #close(cluster: Cluster, why: Failed): void {
    this.#closing.add(cluster);
    void cluster.close(why).then(() => this.#closing.delete(cluster));
  }

  #destinationOfReading(reading: ReadContext): Destination {
    return contextDestination(reading, this.#options.isFoundByTalosctl?.(reading.summary.file) ?? true);
  }

  /** What an id stands for now; the cluster's own destination when nothing changed. Undefined when no file has it. */
  #destinationOf(id: string, { destination }: Cluster): Destination | undefined {
    let reading: ReadContext;
    try {
      reading = this.#options.context(id);
    } catch {
      return undefined;
    }
    return destination.reading === reading ? destination : this.#destinationOfReading(reading);
  }

  /** The context that leads to the same cluster as the same identity under a name that is new. */
  #renamed({ destination }: Cluster, isTaken: (id: string) => boolean): Destination | undefined {
    if (destination.identity === undefined) return undefined;
    return this.#before
      .filter(({ summary, identity }) => identity !== undefined && !isTaken(summary.id))
      .map((reading) => this.#destinationOfReading(reading))
      .find((other) => isSameWay(destination, other));
  }

  #whyClosed(cluster: Cluster): Failed {
    const now = this.#destinationOf(cluster.destination.id, cluster);
    if (now === undefined) return goneFrom(cluster.destination);
    if (now.identity === undefined) return now.whyNot();
    return now.certificate === undefined ? lostCredentials(now) : leadsElsewhere(now);
  }
}
