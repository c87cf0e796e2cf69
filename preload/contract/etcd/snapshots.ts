/** A member of the etcd that a snapshot was taken of. */
export interface SnapshotMember {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly name: string;
  readonly peerUrls: readonly string[];
  readonly isLearner: boolean;
}

/** What a snapshot of etcd holds, read from its pages. */
export interface SnapshotContent {
  /** CRC-32 (Castagnoli) of all keys and values, 8 hexadecimal digits, as etcdutl and talosctl tell it. */
  readonly hash: string;
  readonly revision: number;
  /** How many keys there are at that revision; missing when they are too many to be counted. */
  readonly keys?: number;
  /** Of the pages that are in use, which talosctl calls the total size. */
  readonly usedBytes: number;
  readonly members: readonly SnapshotMember[];
  readonly clusterVersion?: string;
  readonly storageVersion?: string;
}

/** A file that may be a snapshot of etcd. */
export interface SnapshotInspection {
  /** Of the file. */
  readonly name: string;
  readonly bytes: number;
  /** Whether the SHA-256 behind its database is right; `missing` for a database that was copied from a machine. */
  readonly integrity: 'right' | 'wrong' | 'missing';
  readonly content?: SnapshotContent;
  /** Why it has no content, a sentence. */
  readonly problem?: string;
}
