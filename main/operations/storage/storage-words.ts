import { decimalSize } from '../../../preload/contract/index.ts';
import { quoted } from '../quoted.ts';
import type { Device, DevicePlace, Disk, NodeStorage } from './node-storage.ts';

/** The size of a disk, or that the machine does not tell it. */
export const diskSize = (bytes: number | undefined): string =>
  bytes === undefined ? 'a size that is not told' : decimalSize(bytes);

const KINDS: Readonly<Record<string, string>> = {
  '': 'nothing known',
  gpt: 'a table of partitions',
  'lvm2-pv': 'a physical volume of LVM',
  linux_raid_member: 'a member of an array',
  luks: 'an encrypted volume',
  talosmeta: 'META of Talos',
};

/** What is on a device: `xfs “EPHEMERAL”, volume EPHEMERAL of Talos, mounted on /var`. */
export function contentWords(on: Pick<Device, 'content' | 'label' | 'mounts'> & Partial<Device>): string {
  const label = on.label || on.partitionLabel || '';
  return [
    `${KINDS[on.content] ?? on.content.slice(0, 40)}${label === '' ? '' : ` ${quoted(label)}`}`,
    ...(on.volume === undefined ? [] : [`volume ${quoted(on.volume)} of Talos`]),
    ...(on.usedBy === undefined ? [] : [usedByWords(on.usedBy)]),
    ...(on.mounts.length > 0 ? [`mounted on ${on.mounts.map((mount) => quoted(mount)).join(', ')}`] : []),
  ].join(', ');
}

const USERS = { group: 'volume group', array: 'array', disk: 'disk' } as const;

/** `part of volume group “vg0”`. */
const usedByWords = ({ kind, name }: NonNullable<Device['usedBy']>): string => `part of ${USERS[kind]} ${quoted(name)}`;

/** A disk as one tells it from others: model, serial number, size; without a number, by what else it cannot share with another. */
export function diskWords({ model, serial, wwid, busPath, size }: Disk): string {
  const own = serial !== '' ? `serial ${serial}` : wwid !== '' ? `WWID ${wwid}` : busPath !== '' ? `at ${busPath}` : '';
  return [model, own, diskSize(size)].filter((word) => word !== '').join(', ');
}

/** What is in a place, so that another disk, or another content, reads otherwise. */
export function placeWords({ disk, partition }: DevicePlace): string {
  const sized = (part: Device): string => `${part.name} ${diskSize(part.size)} ${contentWords(part)}`;
  if (partition !== undefined) return `${sized(partition)}, on ${diskWords(disk)}`;
  return `${disk.name}, ${diskWords(disk)}: ${[contentWords(disk), ...disk.partitions.map(sized)].join('; ')}`;
}

/** Why nothing may be taken from a device at the moment, a sentence; undefined where nothing uses it. */
export function whyInUse({ name, usedBy, volume, mounts: [mount] }: Device): string | undefined {
  if (usedBy !== undefined) return `${quoted(name)} is ${usedByWords(usedBy)}: take that apart first.`;
  if (volume !== undefined) return `${quoted(name)} is in use: it is volume ${quoted(volume)} of Talos.`;
  return mount === undefined ? undefined : `${quoted(name)} is in use: it is mounted on ${quoted(mount)}.`;
}

/** A disk or partition by its name; undefined where there is none. */
export function findDevice({ disks }: NodeStorage, name: string): DevicePlace | undefined {
  for (const disk of disks) {
    if (disk.name === name) return { disk, partition: undefined };
    const partition = disk.partitions.find((each) => each.name === name);
    if (partition !== undefined) return { disk, partition };
  }
  return undefined;
}
