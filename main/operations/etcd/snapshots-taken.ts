import type { ContextSummary } from '../../../preload/contract/index.ts';
import { MAX_SNAPSHOTS, type Settings, type SettingsFile } from '../../files/settings.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** What says which cluster a snapshot is of. */
type SnapshotCluster = Pick<ContextSummary, 'caFingerprints'>;

type Taken = Settings['snapshots'];

/** What {@link SnapshotsTaken} are kept in. */
export interface SnapshotsTakenOptions {
  readonly settings: SettingsFile;
  readonly clock: Clock;
  readonly log: Log;
  /** A context as its file has it. Throws Failed `not-found`. */
  readonly context: (id: string) => SnapshotCluster;
  /** False for clusters of which nothing is kept between starts: those of the demo. */
  readonly isKept: () => boolean;
}

/**
 * When Minos itself took the last snapshot of the etcd of each cluster, by the authority of the cluster whatever its contexts are
 * called. Kept in Minos's own settings. Of snapshots that others took it knows nothing.
 */
export class SnapshotsTaken {
  readonly #options: SnapshotsTakenOptions;
  readonly #taken = new Value<Taken | undefined>(undefined);

  constructor(options: SnapshotsTakenOptions) {
    this.#options = options;
  }

  /** All that is known, undefined while nothing is; tells of each change. */
  get taken(): Observable<Taken | undefined> {
    return this.#taken;
  }

  /** Reads the settings. Never rejects: what cannot be read is not known. */
  async load(): Promise<void> {
    const { settings, log } = this.#options;
    await settings.read().then(
      ({ snapshots }) => this.#taken.set(snapshots),
      (error: unknown) => log.write('warn', 'when snapshots were taken cannot be read', { error }),
    );
  }

  /** The last one of a cluster: without a moment when Minos has taken none, undefined when that is not known. */
  of({ caFingerprints }: SnapshotCluster): { readonly atMs?: number } | undefined {
    // Of the demo nothing else than this session can be known.
    const taken = this.#taken.current ?? (this.#options.isKept() ? undefined : []);
    // Without an authority nothing tells this cluster from another.
    if (taken === undefined || caFingerprints.length === 0) return undefined;
    const last = taken.findLast(({ authorities }) => authorities.some((one) => caFingerprints.includes(one)));
    return last === undefined ? {} : { atMs: last.atMs };
  }

  /** Notes that one of a context's cluster was saved, whole. Never rejects: it is known for this session at least. */
  async took(context: string): Promise<void> {
    const { settings, clock, log, isKept } = this.#options;
    try {
      const { caFingerprints } = this.#options.context(context);
      if (caFingerprints.length === 0) return;
      const atMs = clock.now();
      const withThis = (snapshots: Taken): Taken =>
        [
          ...snapshots.filter(({ authorities }) => !authorities.some((one) => caFingerprints.includes(one))),
          { authorities: [...caFingerprints], atMs },
        ].slice(-MAX_SNAPSHOTS);
      this.#taken.set(withThis(this.#taken.current ?? []));
      if (!isKept()) return;
      await settings.update((old) => ({ ...old, snapshots: withThis(old.snapshots) }));
    } catch (error) {
      log.write('warn', 'that a snapshot was taken cannot be kept', { error });
    }
  }
}
