import * as v from 'valibot';
import { call, contextName, nothing } from '../call.ts';
import type { KnownSnapshot } from './known-snapshots.ts';
import type { RecoveryView } from './recovery.ts';
import { SCHEDULE_HOURS, SCHEDULE_KEEPS } from './schedule.ts';
import type { SnapshotInspection } from './snapshots.ts';

const wholeNumber = ({ least, most }: { readonly least: number; readonly most: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const snapshotId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** Calls about etcd. */
export const etcdCalls = {
  /** Look at a snapshot of etcd that the user chooses: its SHA-256 and what it holds. It is only read. `cancelled` when none was chosen. */
  'etcd.inspectSnapshot': call<SnapshotInspection>()(nothing),
  /**
   * Let the user choose a snapshot, or a copied database, to recover the etcd of a context from, and check it: deeds name it by its `id`
   * afterwards. `cancelled` when none was chosen, `invalid` for what cannot be used, `not-found`.
   */
  'etcd.chooseSnapshot': call<KnownSnapshot>()(v.strictObject({ context: contextName })),
  /** The snapshots of a context's cluster on this computer, newest first. Asks no machine. `not-found`. */
  'etcd.snapshots': call<readonly KnownSnapshot[]>()(v.strictObject({ context: contextName })),
  /**
   * Take snapshots of the etcd of a context's cluster by itself while Minos runs, the first one at once; the newest `keep` of them stay. The
   * system's dialog asks for the folder where there is none yet or `choosesFolder` says so: `cancelled` when none was chosen. `not-found`.
   */
  'etcd.planSnapshots': call<void>()(
    v.strictObject({
      context: contextName,
      everyHours: wholeNumber(SCHEDULE_HOURS),
      keep: wholeNumber(SCHEDULE_KEEPS),
      choosesFolder: v.boolean(),
    }),
  ),
  /** Take no more snapshots of a context's cluster by itself; those that were taken stay. `not-found`. */
  'etcd.endSnapshots': call<void>()(v.strictObject({ context: contextName })),
  /**
   * Look at every control plane, at etcd and at the snapshots on this computer, and say which way out applies and how far it is. Reads alone.
   * `not-found` when no control plane is known.
   */
  'etcd.recovery': call<RecoveryView>()(v.strictObject({ context: contextName })),
  /**
   * Note that a recovery is begun, so that copies of databases count from now on, and which snapshot it goes on with, by its `id`. Nothing is
   * done to a machine. `not-found`, also for a snapshot that is not known.
   */
  'etcd.beginRecovery': call<void>()(v.strictObject({ context: contextName, snapshot: v.optional(snapshotId) })),
  /** Forget that a recovery was begun: it is over, or given up. Copies and snapshots stay. `not-found`. */
  'etcd.endRecovery': call<void>()(v.strictObject({ context: contextName })),
} as const;
