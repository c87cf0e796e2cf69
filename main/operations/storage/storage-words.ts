import { quoted } from '../quoted.ts';
import type { Device, Disk, NodeStorage } from './node-storage.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Bytes as disks are sold and talosctl prints them: `1.9 TB`. */
export function diskSize(bytes: number | undefined): string {
  if (bytes === undefined) return 'a size that is not told';
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < UNITS.length - 1; unit += 1) value /= 1000;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[unit] ?? ''}`;
}

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
export const usedByWords = ({ kind, name }: NonNullable<Device['usedBy']>): string =>
  `part of ${USERS[kind]} ${quoted(name)}`;

/** A disk as one tells it from others: model, serial number, size. */
export function diskWords({ model, serial, size }: Disk): string {
  return [model, serial === '' ? '' : `serial ${serial}`, diskSize(size)].filter((word) => word !== '').join(', ');
}

/** A disk or partition by its name; undefined where there is none. */
export function findDevice(
  { disks }: NodeStorage,
  name: string,
): { readonly disk: Disk; readonly partition: Device | undefined } | undefined {
  for (const disk of disks) {
    if (disk.name === name) return { disk, partition: undefined };
    const partition = disk.partitions.find((each) => each.name === name);
    if (partition !== undefined) return { disk, partition };
  }
  return undefined;
}
