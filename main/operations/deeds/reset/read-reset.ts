import { listResources } from '../../checks/client/read-resources.ts';
import type { NodeRole } from '../../../../preload/contract/index.ts';
import { readStorage } from '../../storage/read-storage.ts';
import { diskSize } from '../../storage/storage-words.ts';
import { lostByReset, type Lost, type ResetWish } from '../../storage/what-goes.ts';
import type { ReadCall } from '../kit/plan-deed.ts';
import { READ_WITHIN_MS } from '../kit/read-within.ts';

/** What a reset would take away from a machine, as it is now. */
export interface ResetReading {
  readonly loses: readonly Lost[];
  /** Why it cannot be done so, a sentence each. */
  readonly refused: readonly string[];
}

/**
 * Reads the disks of a machine, and what it calls itself: a control plane that discovery takes for a worker would be reset without a
 * look at etcd. Throws what calls throw.
 */
export async function readReset(wish: ResetWish, role: NodeRole, call: ReadCall): Promise<ResetReading> {
  const { caller, node, signal } = call;
  const place = { namespace: 'config', type: 'MachineTypes.config.talos.dev' };
  const [storage, [type]] = await Promise.all([
    readStorage(caller, call),
    listResources(caller, place, ['{@}'], { node, signal, deadlineMs: READ_WITHIN_MS }),
  ]);
  const { loses, refused } = lostByReset(storage, wish);
  return { loses, refused: [...refused, ...whyAnotherRole(type?.fields[0] ?? '', role)] };
}

/** Machines that were there from the first day may call themselves `init`, which is a control plane. */
const ROLES: Readonly<Record<string, NodeRole>> = {
  init: 'controlplane',
  controlplane: 'controlplane',
  worker: 'worker',
};

function whyAnotherRole(type: string, role: NodeRole): readonly string[] {
  if (ROLES[type] === role) return [];
  const own = type === '' ? 'does not tell its type' : `calls itself ${type.slice(0, 40)}`;
  return [`It ${own}, and discovery knows it as ${role}.`];
}

/** All that goes as one text: it reads otherwise once a disk is another one, or holds something else. */
export const lostText = ({ loses }: ResetReading): string =>
  loses.map(({ name, size, what }) => `${name} ${diskSize(size)} ${what}`).join('; ');
