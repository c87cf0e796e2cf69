import { Failed } from '../../../lib/failed.ts';
import type { SnapshotRecord } from '../../etcd/known-snapshots.ts';
import type { Machine } from '../../plans/machine.ts';
import type { ActTools, CallAct, DeedAct, WorkAct } from '../../plans/plan.ts';
import type { DeedTools } from '../kit/definition.ts';
import { waitForCluster } from './await-etcd.ts';
import { uploadPieces } from './upload-snapshot.ts';

/** Talos restores a database of several gigabytes before it answers. */
export const BOOTSTRAP_WITHIN_MS = 300_000;

/** What bootstrapping one machine is made of. */
export interface Bootstrapping {
  readonly machine: Machine;
  readonly tools: DeedTools;
  /** What it is recovered from; undefined for a new etcd. */
  readonly snapshot: SnapshotRecord | undefined;
}

/** The snapshot is checked once more and sent, the machine bootstrapped once, and watched until etcd leads and Kubernetes answers. */
export function bootstrapActs({ machine, tools, snapshot }: Bootstrapping): readonly DeedAct[] {
  const boots: CallAct = {
    kind: 'call',
    what: snapshot === undefined ? 'Bootstraps etcd' : 'Bootstraps etcd from the snapshot',
    call: () => ({
      method: '/machine.MachineService/Bootstrap',
      request: { recover_etcd: snapshot !== undefined, recover_skip_hash_check: snapshot?.hasHash === false },
      deadlineMs: BOOTSTRAP_WITHIN_MS,
    }),
    isLookedUp: true,
  };
  return [
    ...(snapshot === undefined ? [] : sends(snapshot, tools)),
    boots,
    {
      kind: 'work',
      what: 'Waits until etcd and Kubernetes run',
      run: (acting) => waitForCluster(machine, tools, acting),
    },
  ];
}

function sends(snapshot: SnapshotRecord, { snapshots }: DeedTools): readonly DeedAct[] {
  let acting: ActTools | undefined;
  const checks: WorkAct = {
    kind: 'work',
    what: 'Checks the snapshot once more',
    run: async (given) => {
      acting = given;
      const { content, integrity } = await snapshots.inspect(snapshot.path, given.signal);
      if (content?.hash === snapshot.hash && (integrity === 'right') === snapshot.hasHash) return undefined;
      throw new Failed({
        code: 'conflict',
        message: 'The file of the snapshot is not what was checked any more. Nothing was sent.',
        hint: 'Choose it again.',
      });
    },
  };
  const sending: CallAct = {
    kind: 'call',
    what: 'Sends the snapshot',
    // The machine keeps it beside the folder of etcd, and does nothing with it.
    prepares: true,
    call: () => ({
      method: '/machine.MachineService/EtcdRecover',
      messages: () => uploadPieces(snapshot, acting),
      // As long as it takes: it can be stopped.
      deadlineMs: Infinity,
    }),
  };
  return [checks, sending];
}
