/** Where a snapshot is from: the schedule, a click, the disk of a machine, or a file that the user chose. */
export type SnapshotOrigin = 'schedule' | 'taken' | 'disk' | 'chosen';

/** A snapshot of a cluster's etcd, or a copied database, that Minos knows on this computer and has checked. */
export interface KnownSnapshot {
  readonly id: string;
  /** Of the file. */
  readonly name: string;
  readonly from: SnapshotOrigin;
  /** The machine whose etcd it is of; missing for a chosen file. */
  readonly node?: string;
  /** When it was taken or copied; of a chosen file when that was written last. Epoch milliseconds. */
  readonly atMs: number;
  readonly bytes: number;
  /** It ends with the right SHA-256; a copied database has none. */
  readonly hasHash: boolean;
  readonly revision: number;
  /** Missing when they are too many to be counted. */
  readonly keys?: number;
  /** CRC-32 of all keys and values, as etcdutl tells it. */
  readonly hash: string;
  /** Its file is gone, or is another one by now: it cannot be used. */
  readonly isGone?: true;
}
