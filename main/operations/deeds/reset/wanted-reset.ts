import { textParam, wrong } from '../../commands/kit/params.ts';
import type { CommandParams } from '../../commands/kit/definition.ts';
import type { ResetWish } from '../../storage/what-goes.ts';

/** What `talosctl reset` may wipe, in its words. */
export const WIPE_MODES = ['all', 'system-disk', 'user-disks'] as const;

/** What is to be reset, and how. */
export interface WantedReset extends ResetWish {
  /** It drains itself and leaves etcd first. */
  readonly graceful: boolean;
  /** It starts anew afterwards; otherwise it switches itself off. */
  readonly reboot: boolean;
}

/** What the parameters say; see {@link checkReset} for those that make no sense. */
export function wantedReset(params: CommandParams): WantedReset {
  const mode = textParam(params, 'mode');
  return {
    mode: WIPE_MODES.find((each) => each === mode) ?? 'all',
    labels: listed(params, 'labels'),
    userDisks: listed(params, 'disks'),
    graceful: params['graceful'] !== false,
    reboot: params['reboot'] === true,
  };
}

/** Refuses names that are none, and a reset that would wipe nothing. Throws Failed `invalid` naming the field. */
export function checkReset(params: CommandParams): void {
  const { mode, labels, userDisks } = wantedReset(params);
  const label = labels.find((each) => !/^[A-Za-z0-9._-]{1,64}$/.test(each));
  if (label !== undefined) throw wrong('labels', `"${label}" is no label of a volume, such as EPHEMERAL or u-data.`);
  const path = userDisks.find((each) => !/^\/dev\/[A-Za-z0-9._/-]{1,120}$/.test(each));
  if (path !== undefined) throw wrong('disks', `"${path}" is no path of a disk, such as /dev/sdb.`);
  if (mode === 'user-disks' && userDisks.length === 0)
    throw wrong('disks', 'Name the user disks: nothing else would be wiped.');
}

const listed = (params: CommandParams, id: string): readonly string[] => [
  ...new Set(
    textParam(params, id)
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
];

/** Nothing of Talos is left on its disk. */
export const isBare = ({ mode, labels }: ResetWish): boolean => mode !== 'user-disks' && labels.length === 0;

/** Its config and its identity in the cluster go, which both lie on STATE. */
export const forgetsCluster = (wanted: ResetWish): boolean =>
  isBare(wanted) || (wanted.mode !== 'user-disks' && wanted.labels.includes('STATE'));

/** It comes back as the machine of the cluster that it was. */
export const comesBack = (wanted: WantedReset): boolean => wanted.reboot && !forgetsCluster(wanted);
