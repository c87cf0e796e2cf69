import { call, nothing } from '../call.ts';
import type { SnapshotInspection } from './snapshots.ts';

/** Calls about etcd. */
export const etcdCalls = {
  /** Look at a snapshot of etcd that the user chooses: its SHA-256 and what it holds. It is only read. `cancelled` when none was chosen. */
  'etcd.inspectSnapshot': call<SnapshotInspection>()(nothing),
} as const;
