import { strictObject } from 'valibot';
import { call, contextName, nothing } from '../call.ts';
import type { KnownSnapshot } from './known-snapshots.ts';
import type { SnapshotInspection } from './snapshots.ts';

/** Calls about etcd. */
export const etcdCalls = {
  /** Look at a snapshot of etcd that the user chooses: its SHA-256 and what it holds. It is only read. `cancelled` when none was chosen. */
  'etcd.inspectSnapshot': call<SnapshotInspection>()(nothing),
  /**
   * Let the user choose a snapshot, or a copied database, to recover the etcd of a context from, and check it: deeds name it by its `id`
   * afterwards. `cancelled` when none was chosen, `invalid` for what cannot be used, `not-found`.
   */
  'etcd.chooseSnapshot': call<KnownSnapshot>()(strictObject({ context: contextName })),
  /** The snapshots of a context's cluster on this computer, newest first. Asks no machine. `not-found`. */
  'etcd.snapshots': call<readonly KnownSnapshot[]>()(strictObject({ context: contextName })),
} as const;
