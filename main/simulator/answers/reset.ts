import { unary, type AnswerContext, type AnswerEntry } from '../endpoint/answer.ts';
import { Refusal, resourceNotFound, unknownError } from '../endpoint/errors.ts';
import { systemPartitions } from '../node/machine-disk.ts';
import type { MachineState } from '../node/machine-state.ts';
import { leaveEtcd } from './etcd.ts';
import { actorId } from './power.ts';

const invalid = (mode: string, what: string): Refusal =>
  unknownError(`reset failed: invalid input, wipe mode ${mode} doesn't support ${what} parameter`);

/** Volumes that are folders of EPHEMERAL. */
const ON_EPHEMERAL: readonly string[] = ['/var/log'];

/** What forbids wiping a volume of the disk of Talos. The texts are machined's (docs/talos-behaviour.md §6.4.2). */
function checkVolume({ disks: [system] }: MachineState, label: string, labels: readonly string[]): void {
  if (ON_EPHEMERAL.includes(label)) {
    if (labels.includes('EPHEMERAL')) return;
    throw unknownError(
      `failed to reset: volume "${label}" resides on volume "EPHEMERAL", and therefore "${label}" cannot be wiped without wiping "EPHEMERAL"`,
    );
  }
  const partitions = system === undefined ? [] : (system.partitions ?? systemPartitions(system));
  if (partitions.some(({ volume }) => volume === label)) return;
  const { message } = resourceNotFound('VolumeStatuses.block.talos.dev', 'runtime', label);
  throw unknownError(`failed to get volume status with label "${label}": ${message}`);
}

function checkUserDisk({ disks }: MachineState, path: string): void {
  const disk = disks.find(({ name }) => `/dev/${name}` === path);
  const refuse = (why: string): Refusal => unknownError(`reset user disk failed: device ${path} ${why}`);
  if (disk === undefined) throw refuse("wasn't found");
  if (disk.isReadOnly === true) throw refuse('is readonly');
  if (disk === disks[0]) throw refuse('is the system disk');
}

/** Leaves etcd; what Talos says when it cannot. */
function leaves(context: AnswerContext): string | undefined {
  try {
    leaveEtcd(context);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Reset: what it may not do is refused before it begins; the rest happens after the answer. */
export const resetAnswers: readonly AnswerEntry[] = [
  unary('/machine.MachineService/Reset', (request, context) => {
    const { node } = context;
    const { mode, graceful, reboot, user_disks_to_wipe: userDisks } = request;
    const labels = request.system_partitions_to_wipe.filter(({ wipe }) => wipe).map(({ label }) => label);
    if (mode === 'SYSTEM_DISK' && userDisks.length > 0) throw invalid('SYSTEM_DISK', 'UserDisksToWipe');
    if (mode === 'USER_DISKS' && labels.length > 0) throw invalid('USER_DISKS', 'SystemPartitionsToWipe');
    for (const path of userDisks) checkUserDisk(node.machine, path);
    for (const label of labels) checkVolume(node.machine, label, labels);
    const system = mode === 'USER_DISKS' ? 'nothing' : labels.length > 0 ? 'volumes' : 'whole';
    const isControlPlane = node.role === 'controlplane';
    const actor = actorId(context);
    node.reset(actor, {
      path: { graceful, reboot, isControlPlane, system, userDisks: mode !== 'SYSTEM_DISK' },
      wipes: { isWhole: system === 'whole', volumes: labels, userDisks },
      leave: () => leaves(context),
    });
    return { messages: [{ actor_id: actor }] };
  }),
];
