import { partitionName, systemPartitions, type DiskPartition, type MachineDisk } from '../node/machine-disk.ts';
import type { MachineState } from '../node/machine-state.ts';
import { steadyUuid } from '../wire/random.ts';
import { resources } from './resource-type.ts';

/** As Talos prints sizes: `1.0 TB`. */
function prettySize(bytes: number): string {
  if (bytes >= 1e12) return `${(bytes / 1e12).toFixed(1)} TB`;
  if (bytes >= 1e10) return `${Math.round(bytes / 1e9)} GB`;
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e7) return `${Math.round(bytes / 1e6)} MB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The first is the one Talos runs from. */
const partitionsOf = (disk: MachineDisk, index: number): readonly DiskPartition[] =>
  disk.partitions ?? (index === 0 ? systemPartitions(disk) : []);

const each = <T>(
  { disks }: MachineState,
  make: (disk: MachineDisk, partition: DiskPartition, name: string) => T,
): readonly T[] =>
  disks.flatMap((disk, index) =>
    partitionsOf(disk, index).map((partition) => make(disk, partition, partitionName(disk.name, partition.number))),
  );

/** The kernel's name of a path. */
const bare = (path: string): string => path.replace('/dev/', '');

const phaseOf = (volume: string, failed: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.hasOwn(failed, volume) ? { phase: 'failed', errorMessage: failed[volume] ?? '' } : { phase: 'ready' };

/** Disks, what is found on them, volumes, mounts, LVM and arrays. */
export const storageTypes = [
  resources({
    type: 'Disks.block.talos.dev',
    owner: 'block.DisksController',
    drafts: ({ machine: { disks, arrays } }) => [
      ...disks.map((disk) => ({
        id: disk.name,
        spec: {
          dev_path: `/dev/${disk.name}`,
          size: disk.bytes,
          pretty_size: prettySize(disk.bytes),
          io_size: 512,
          sector_size: 512,
          readonly: disk.isReadOnly === true,
          cdrom: disk.isCdrom === true,
          model: disk.model,
          serial: disk.serial,
          transport: disk.name.startsWith('nvme') ? 'nvme' : 'sata',
          bus_path: disk.busPath ?? '/pci0000:00/0000:00:1d.0/0000:03:00.0/nvme',
        },
      })),
      ...arrays.map(({ device, members }) => ({
        id: bare(device),
        spec: { dev_path: device, size: 0, pretty_size: '', secondary_disks: members.map(bare) },
      })),
    ],
  }),
  resources({
    type: 'SystemDisks.block.talos.dev',
    owner: 'block.SystemDiskController',
    drafts: ({ profile: { disk } }) => [
      { id: 'system-disk', spec: { diskID: disk.name, devPath: `/dev/${disk.name}` } },
    ],
  }),
  resources({
    type: 'DiscoveredVolumes.block.talos.dev',
    owner: 'block.DiscoveryController',
    drafts: ({ machine, facts }) => [
      ...machine.disks.map((disk, index) => ({
        id: disk.name,
        spec: {
          type: 'disk',
          size: disk.bytes,
          dev_path: `/dev/${disk.name}`,
          pretty_size: prettySize(disk.bytes),
          name: partitionsOf(disk, index).length > 0 ? 'gpt' : (disk.content ?? ''),
          ...(disk.label !== undefined && { label: disk.label }),
        },
      })),
      ...each(machine, (disk, { bytes, content, label, partitionLabel, volume }, name) => ({
        id: name,
        spec: {
          type: 'partition',
          size: bytes,
          dev_path: `/dev/${name}`,
          pretty_size: prettySize(bytes),
          name: content,
          // Of its file system: one that is made anew has another.
          ...(content === 'xfs' &&
            volume !== undefined && { uuid: steadyUuid(facts.seed, facts.name, volume, machine.timesWiped(volume)) }),
          parent: disk.name,
          parent_dev_path: `/dev/${disk.name}`,
          ...(label !== undefined && { label }),
          ...(partitionLabel !== undefined && { partition_label: partitionLabel }),
        },
      })),
    ],
  }),
  resources({
    type: 'MountStatuses.block.talos.dev',
    owner: 'block.MountController',
    drafts: ({ machine }) =>
      each(machine, (_disk, { content, volume = '', mountedOn }, name) =>
        mountedOn === undefined
          ? []
          : [
              {
                id: volume === '' ? name : volume,
                spec: { spec: { volumeID: volume }, source: `/dev/${name}`, target: mountedOn, filesystem: content },
              },
            ],
      ).flat(),
  }),
  resources({
    type: 'VolumeStatuses.block.talos.dev',
    owner: 'block.VolumeManagerController',
    drafts: ({ machine, ills: { failedVolumes = {} } }) => [
      ...each(machine, (disk, { bytes, content, volume }, name) =>
        volume === undefined
          ? []
          : [
              {
                id: volume,
                spec: {
                  ...phaseOf(volume, failedVolumes),
                  type: 'partition',
                  location: `/dev/${name}`,
                  parentLocation: `/dev/${disk.name}`,
                  size: bytes,
                  prettySize: bytes > 1e9 ? prettySize(bytes) : `${Math.round(bytes / 1e6)} MB`,
                  filesystem: content,
                },
              },
            ],
      ).flat(),
      {
        id: '/var/log',
        spec: { phase: 'ready', type: 'directory', location: '', size: 0, prettySize: '0 B', filesystem: '' },
      },
    ],
  }),
  resources({
    type: 'LVMValidationErrors.storage.talos.dev',
    owner: 'storage.LVMStatusController',
    drafts: ({ ills: { wrongVolumeGroups = {} } }) =>
      Object.entries(wrongVolumeGroups).map(([vgName, message]) => ({ id: vgName, spec: { vgName, message } })),
  }),
  resources({
    type: 'LVMVolumeGroupStatuses.storage.talos.dev',
    owner: 'storage.LVMStatusController',
    drafts: ({ machine: { groups } }) =>
      groups.map(({ name, devices, volumes }) => ({
        id: name,
        spec: { name, permissions: 'writeable', pvCount: String(devices.length), lvCount: String(volumes.length) },
      })),
  }),
  resources({
    type: 'LVMLogicalVolumeStatuses.storage.talos.dev',
    owner: 'storage.LVMStatusController',
    drafts: ({ machine: { groups } }) =>
      groups.flatMap(({ name: vgName, volumes }) =>
        volumes.map(({ name, bytes, isOpen }) => ({
          id: `${vgName}-${name}`,
          spec: {
            path: `/dev/${vgName}/${name}`,
            ...{ name, vgName, layout: 'linear', size: String(bytes), prettySize: prettySize(bytes), active: 'active' },
            deviceOpen: isOpen === true ? 'open' : '',
          },
        })),
      ),
  }),
  resources({
    type: 'LVMPhysicalVolumeStatuses.storage.talos.dev',
    owner: 'storage.LVMStatusController',
    drafts: ({ machine: { groups, disks } }) => {
      const inGroups = groups.flatMap(({ name: vgName, devices }) => devices.map((device) => ({ device, vgName })));
      // LVM lists those that are in no group, too.
      const loose = disks
        .filter(({ content }) => content === 'lvm2-pv')
        .map(({ name }) => ({ device: `/dev/${name}`, vgName: '' }))
        .filter(({ device }) => inGroups.every((each) => each.device !== device));
      return [...inGroups, ...loose].map((each) => ({
        id: bare(each.device),
        spec: { ...each, allocatable: 'allocatable' },
      }));
    },
  }),
  resources({
    type: 'MDArrayStatuses.storage.talos.dev',
    owner: 'storage.MDStatusController',
    drafts: ({ machine: { arrays } }) =>
      arrays.map(({ device, level, members }) => ({
        id: bare(device),
        spec: { level, device, members: [...members], status: 'ready', syncAction: 'idle' },
      })),
  }),
];
