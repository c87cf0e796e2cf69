import { resources } from './resource-type.ts';

const GIB = 1024 ** 3;

/** As Talos prints sizes: `1.0 TB`. */
function prettySize(bytes: number): string {
  return bytes >= 1e12 ? `${(bytes / 1e12).toFixed(1)} TB` : `${Math.round(bytes / 1e9)} GB`;
}

/** Processors, memory and disks. */
export const hardwareTypes = [
  resources({
    type: 'Processors.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) => [
      {
        id: 'CPU-0',
        spec: {
          socket: 'CPU 0',
          manufacturer: profile.cpuVendor,
          productName: profile.cpuModel,
          maxSpeedMhz: 3400,
          bootSpeedMhz: 2850,
          status: 65,
          coreCount: profile.cpuCount / 2,
          coreEnabled: profile.cpuCount / 2,
          threadCount: profile.cpuCount,
        },
      },
    ],
  }),
  resources({
    type: 'MemoryModules.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) =>
      ['A1', 'B1'].map((slot) => ({
        id: `DIMM-${slot}`,
        spec: {
          sizeMiB: Math.round(profile.memoryKb / 1024 / 0.974 / 2),
          deviceLocator: `DIMM_${slot}`,
          bankLocator: 'P0_Node0',
          speed: 3200,
          manufacturer: 'Micron Technology',
          productName: '18ASF4G72PDZ-3G2E1',
        },
      })),
  }),
  resources({
    type: 'SystemInformations.hardware.talos.dev',
    owner: 'hardware.SystemInfoController',
    drafts: ({ profile }) => [
      {
        id: 'systeminformation',
        spec: {
          manufacturer: profile.manufacturer,
          productName: profile.product,
          version: '0123456789',
          serialnumber: profile.serial,
          uuid: profile.uuid,
          wakeUpType: 'Power Switch',
          skuNumber: 'To be filled by O.E.M.',
        },
      },
    ],
  }),
  resources({
    type: 'Disks.block.talos.dev',
    owner: 'block.DisksController',
    drafts: ({ machine: { disks } }) =>
      disks.map((disk) => ({
        id: disk.name,
        spec: {
          dev_path: `/dev/${disk.name}`,
          size: disk.bytes,
          pretty_size: prettySize(disk.bytes),
          io_size: 512,
          sector_size: 512,
          readonly: false,
          cdrom: false,
          model: disk.model,
          serial: disk.serial,
          transport: 'nvme',
          bus_path: '/pci0000:00/0000:00:1d.0/0000:03:00.0/nvme',
        },
      })),
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
    drafts: ({ profile: { disk } }) => [
      {
        id: disk.name,
        spec: { type: 'disk', dev_path: `/dev/${disk.name}`, pretty_size: prettySize(disk.bytes), name: 'gpt' },
      },
      ...[
        { partition: 'p1', label: 'EFI', size: '2.2 GB', name: 'vfat' },
        { partition: 'p4', label: 'META', size: '1.0 MB', name: 'talosmeta' },
        { partition: 'p5', label: 'STATE', size: '105 MB', name: 'xfs' },
        { partition: 'p6', label: 'EPHEMERAL', size: prettySize(disk.bytes - 4 * GIB), name: 'xfs' },
      ].map(({ partition, label, size, name }) => ({
        id: `${disk.name}${partition}`,
        spec: {
          ...{ type: 'partition', dev_path: `/dev/${disk.name}${partition}`, pretty_size: size, name },
          ...(name === 'xfs' && { label }),
          partition_label: label,
        },
      })),
    ],
  }),
  resources({
    type: 'MountStatuses.block.talos.dev',
    owner: 'block.MountController',
    drafts: ({ profile: { disk } }) =>
      [
        { id: 'STATE', partition: 'p5', target: '/system/state' },
        { id: 'EPHEMERAL', partition: 'p6', target: '/var' },
      ].map(({ id, partition, target }) => ({
        id,
        spec: { spec: { volumeID: id }, source: `/dev/${disk.name}${partition}`, target, filesystem: 'xfs' },
      })),
  }),
  resources({
    type: 'VolumeStatuses.block.talos.dev',
    owner: 'block.VolumeManagerController',
    drafts: ({ profile: { disk } }) =>
      [
        { id: 'META', partition: 'p4', bytes: 1024 ** 2, filesystem: 'talosmeta' },
        { id: 'STATE', partition: 'p5', bytes: 104_857_600, filesystem: 'xfs' },
        { id: 'EPHEMERAL', partition: 'p6', bytes: disk.bytes - 4 * GIB, filesystem: 'xfs' },
      ]
        .map(({ id, partition, bytes, filesystem }) => ({
          id,
          spec: {
            phase: 'ready',
            type: 'partition',
            location: `/dev/${disk.name}${partition}`,
            size: bytes,
            prettySize: id === 'EPHEMERAL' ? prettySize(bytes) : `${Math.round(bytes / 1e6)} MB`,
            filesystem,
          },
        }))
        .concat([
          {
            id: '/var/log',
            spec: { phase: 'ready', type: 'directory', location: '', size: 0, prettySize: '0 B', filesystem: '' },
          },
        ]),
  }),
];
