import { dirname, join } from 'node:path';
import type { ContextSummary } from '../../../preload/contract/index.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Clusters } from '../clusters/clusters.ts';
import { etcdDatabaseCopy } from '../commands/etcd/database.ts';
import { etcdSnapshot } from '../commands/etcd/snapshot.ts';
import type { SnapshotDesk } from '../deeds/kit/definition.ts';
import { contextOf, deedPlace } from '../plans/deed-place.ts';
import type { SavedBytes } from '../work/runs.ts';
import { KnownSnapshots } from './known-snapshots.ts';
import { KeptRecoveries } from './recovery/kept-recoveries.ts';
import { Recoveries } from './recovery/recoveries.ts';
import { SnapshotSchedules } from './schedule/snapshot-schedules.ts';
import { SnapshotReader } from './snapshot-file/snapshot-reader.ts';
import type { SnapshotsTaken } from './snapshots-taken.ts';

/** What {@link EtcdFiles} need. */
export interface EtcdFilesOptions {
  /** See `WorkspaceOptions`. */
  readonly snapshotWorkerFile: string;
  readonly settingsPath: string;
  readonly clock: Clock;
  readonly log: Log;
  /** False for the clusters of the demo: nothing is kept between starts. */
  readonly isKept: () => boolean;
  /** Of all open files. */
  readonly contexts: () => readonly ContextSummary[];
  readonly clusters: Pick<Clusters, 'visit' | 'get' | 'of'>;
  readonly snapshots: Pick<SnapshotsTaken, 'took'>;
  readonly unfinished: Unfinished;
}

/** Snapshots of etcd on this computer: reading them, which there are, taking them by itself, and recovering from them. Whoever makes it closes it. */
export class EtcdFiles {
  readonly reader: SnapshotReader;
  readonly known: KnownSnapshots;
  readonly schedules: SnapshotSchedules;
  readonly recoveries: Recoveries;
  readonly #kept: KeptRecoveries;
  readonly #options: EtcdFilesOptions;
  /** What was written down is known: nothing is written over it before. */
  #isLoaded = false;

  constructor(options: EtcdFilesOptions) {
    this.#options = options;
    const { snapshotWorkerFile, settingsPath, clock, log, snapshots } = options;
    const isKept = (): boolean => this.#isLoaded && options.isKept();
    const own = (name: string): string => join(dirname(settingsPath), name);
    this.reader = new SnapshotReader(snapshotWorkerFile, clock);
    const places = (cluster: string) =>
      options
        .contexts()
        .filter((one) => deedPlace(one).cluster === cluster)
        .map(({ file, name }) => ({ file, name }));
    this.known = new KnownSnapshots({ path: own('etcd-snapshots.json'), reader: this.reader, log, isKept, places });
    this.#kept = new KeptRecoveries({ path: own('etcd-recoveries.json'), log, isKept });
    this.schedules = new SnapshotSchedules({
      ...{ ...options, isKept },
      path: own('snapshot-schedules.json'),
      known: this.known,
      took: (context) => snapshots.took(context),
      isChosen: (id) => this.#kept.isChosen(id),
    });
    this.recoveries = new Recoveries({
      ...{ clusterOf: (context) => this.clusterOf(context), clusters: options.clusters },
      ...{ known: this.known, kept: this.#kept, clock },
      hasOfBefore: (context) => this.#hasOfBefore(context),
    });
  }

  /** Snapshots are known of the cluster that a context led to before it got another CA. */
  #hasOfBefore(context: string): boolean {
    const contexts = this.#options.contexts();
    return this.known.hasOfBefore(contextOf(contexts, context), new Set(contexts.map((one) => deedPlace(one).cluster)));
  }

  /** For deeds that use one. */
  get desk(): SnapshotDesk {
    const { known, reader } = this;
    return {
      find: (id) => known.find(id),
      of: (cluster) => known.of(cluster),
      isThere: (snapshot) => known.isThere(snapshot),
      inspect: (path, signal) => reader.inspect(path, signal),
    };
  }

  /** As `DeedPlace` says which cluster a context leads to. Throws Failed `not-found`. */
  clusterOf(context: string): string {
    return deedPlace(contextOf(this.#options.contexts(), context)).cluster;
  }

  /** Notes a snapshot, or a copied database, that a run saved, once it was checked. Never rejects. */
  async saved({ command, context, node, path }: SavedBytes): Promise<void> {
    const { snapshots, log, clock } = this.#options;
    const isSnapshot = command === etcdSnapshot.id;
    if (!isSnapshot && command !== etcdDatabaseCopy.id) return;
    const atMs = clock.now();
    if (isSnapshot) await snapshots.took(context);
    try {
      const cluster = this.clusterOf(context);
      await this.known.add({ cluster, path, node, atMs, from: isSnapshot ? 'taken' : 'disk' });
    } catch (error) {
      log.write('warn', 'a snapshot that was saved is not known any further', { error });
    }
  }

  /** Knows what was written down, and nothing else any more, such as of the demo; takes what is due from now on. Never rejects. */
  async load(): Promise<void> {
    this.#isLoaded = false;
    await this.known.load();
    await this.#kept.load();
    await this.schedules.load();
    this.#isLoaded = true;
  }

  /** What is known is of the demo, which is being left: nothing of it is written down until the user's own is loaded again. */
  leave(): void {
    this.#isLoaded = false;
  }

  async close(): Promise<void> {
    await this.schedules.close();
    await this.reader.close();
  }
}
