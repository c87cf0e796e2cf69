import type { PlacedCommand } from '../commands/kit/definition.ts';
import { applyConfig } from './config/apply-config.ts';
import { patchConfigDeed } from './config/patch-config.ts';
import { putBackConfig } from './config/put-back.ts';
import { bootstrap } from './etcd/bootstrap.ts';
import { etcdDefragment } from './etcd/defragment.ts';
import { etcdDisarm } from './etcd/disarm.ts';
import { etcdDowngrade, etcdDowngradeCancel } from './etcd/downgrade.ts';
import { etcdForfeit } from './etcd/forfeit.ts';
import { etcdLeave } from './etcd/leave.ts';
import { etcdRemoveMember } from './etcd/remove-member.ts';
import { etcdWipe } from './etcd/wipe-etcd.ts';
import { restartContainer } from './small/container.ts';
import { imagePull } from './small/image-pull.ts';
import { imageRemove } from './small/image-remove.ts';
import { metaDelete, metaWrite } from './small/meta.ts';
import { service } from './small/service.ts';
import { wipeDisk } from './small/wipe-disk.ts';
import { WIPES_OF_LVM } from './small/wipe-lvm.ts';
import { reboot, shutdown } from './power/definitions.ts';
import { rollback } from './power/rollback.ts';
import { reset } from './reset/reset-deed.ts';
import { upgrade } from './upgrade/upgrade-deed.ts';
import type { DeedDefinition } from './kit/definition.ts';

/** Every kind of deed, in the order of the palette. */
export const DEEDS: readonly DeedDefinition[] = [
  ...[reboot, shutdown, upgrade, rollback],
  ...[service, restartContainer, imagePull, imageRemove, metaWrite, metaDelete],
  ...[patchConfigDeed, applyConfig, putBackConfig],
  ...[wipeDisk, ...WIPES_OF_LVM, reset],
  ...[bootstrap, etcdWipe],
  ...[etcdDefragment, etcdDisarm, etcdForfeit, etcdLeave, etcdRemoveMember, etcdDowngrade, etcdDowngradeCancel],
];

/** As a line of talosctl leads to them: the sheet opens, filled in, and nothing is done by itself. */
export const DEED_COMMANDS: readonly PlacedCommand[] = DEEDS.map((deed) => ({
  ...deed,
  opens: deed.beginsBy ?? 'deeds.plan',
  isDeed: true,
}));
