import { quoted } from '../../quoted.ts';
import { taken, type PowerKind } from '../power/kinds.ts';
import { comesBack, forgetsCluster, isBare, type WantedReset } from './wanted-reset.ts';

/** machined looks at the volumes before it answers, and goes on by itself. */
const CALL_WITHIN_MS = 60_000;

const MODES = { all: 'ALL', 'system-disk': 'SYSTEM_DISK', 'user-disks': 'USER_DISKS' } as const;

/** What a reset is, in words and as a call. `talosctl` is how the whole is written. */
export function resetKind(wanted: WantedReset, talosctl: readonly string[]): PowerKind {
  const { mode, labels, userDisks, graceful, reboot } = wanted;
  const isBack = comesBack(wanted);
  return {
    ...{ verb: 'Reset', past: 'Reset', does: 'resets' },
    isDestroying: true,
    effect: wipes(wanted),
    comesBack: isBack,
    ...(!graceful && ({ keepsLeadership: true } as const)),
    waits: isBack ? 'Waits until it is back' : reboot ? 'Waits until it is reset' : 'Waits until it stops',
    talosctl,
    call: (answered) => ({
      method: '/machine.MachineService/Reset',
      request: {
        ...{ graceful, reboot, mode: MODES[mode] },
        system_partitions_to_wipe: labels.map((label) => ({ label, wipe: true })),
        user_disks_to_wipe: [...userDisks],
      },
      deadlineMs: CALL_WITHIN_MS,
      take: ({ messages }) => taken(messages, answered),
    }),
  };
}

const names = (of: readonly string[]): string => of.map((name) => quoted(name)).join(', ');

function wipes(wanted: WantedReset): string {
  const { mode, labels, userDisks } = wanted;
  const system =
    mode === 'user-disks'
      ? 'The disk that Talos runs from is left as it is.'
      : labels.length > 0
        ? `Of the volumes of Talos ${names(labels)} ${labels.length === 1 ? 'is' : 'are'} wiped, on whichever disk, and no other.`
        : 'The whole disk that Talos runs from is wiped, and Talos with it.';
  // A volume of users, such as u-data, may lie on another disk than Talos.
  const others = labels.length > 0 ? 'Nothing else of any disk is wiped.' : 'All other disks are left as they are.';
  if (userDisks.length === 0) return `${system} ${others}`;
  return `${system} ${names(userDisks)} ${userDisks.length === 1 ? 'is' : 'are'} wiped as well, and no further disk.`;
}

/** What happens before and after, a sentence or two each. */
export function aroundReset(wanted: WantedReset, hasControlPlane: boolean): readonly string[] {
  const drains = wanted.graceful
    ? 'It drains itself and removes its pods first; what only they hold is lost.'
    : 'Its pods are stopped at once, without draining.';
  const leaves = wanted.graceful
    ? ' Then its member leaves etcd; when it cannot, nothing is wiped.'
    : ' Its member does not leave etcd.';
  return [`${drains}${hasControlPlane ? leaves : ''}`, afterwards(wanted)];
}

function afterwards(wanted: WantedReset): string {
  if (!wanted.reboot) return 'Then it switches itself off. Somebody has to switch it on again.';
  if (isBare(wanted)) return 'Then it starts anew, from other media or a network, if there are any.';
  if (forgetsCluster(wanted)) return 'Then it starts anew without a config, and waits for one in maintenance mode.';
  return 'Then it starts anew with the config that it has.';
}
