import { dirname, join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { SnapshotDesk } from '../deeds/kit/definition.ts';
import { KnownSnapshots } from './known-snapshots.ts';
import { SnapshotReader } from './snapshot-file/snapshot-reader.ts';

/** What {@link EtcdFiles} need. */
export interface EtcdFilesOptions {
  /** See `WorkspaceOptions`. */
  readonly snapshotWorkerFile: string;
  readonly settingsPath: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly isKept: () => boolean;
}

/** Snapshots of etcd on this computer: reading them, and which there are. Whoever makes it closes it. */
export class EtcdFiles {
  readonly reader: SnapshotReader;
  readonly known: KnownSnapshots;

  constructor({ snapshotWorkerFile, settingsPath, clock, log, isKept }: EtcdFilesOptions) {
    this.reader = new SnapshotReader(snapshotWorkerFile, clock);
    const path = join(dirname(settingsPath), 'etcd-snapshots.json');
    this.known = new KnownSnapshots({ path, reader: this.reader, log, isKept });
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

  /** Reads what was known before. Never rejects. */
  load(): Promise<void> {
    return this.known.load();
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}
