import type { ModelMachine } from './model-machine.ts';

/** A resource with the fields that are read of it, in the order in which they are asked for. */
interface ModelResource {
  readonly id: string;
  readonly cells: readonly string[];
}

const one = (...cells: readonly string[]): readonly ModelResource[] => [{ id: 'one', cells }];
const none = (): readonly ModelResource[] => [];

const partition = (at: number, label: string): ModelResource => ({
  id: `sda${at}`,
  cells: [`/dev/sda${at}`, '1000000', 'xfs', label, label, '/dev/sda', 'sda', 'partition'],
});

/** One disk with Talos on it. */
const KINDS: Readonly<Record<string, (machine: ModelMachine) => readonly ModelResource[]>> = {
  'MachineStatuses.runtime.talos.dev': () => one('running', 'true'),
  'SystemInformations.hardware.talos.dev': ({ summary }) => one(`uuid-${summary.target}`),
  'Identities.cluster.talos.dev': ({ summary, identity }) => one(`id-${summary.target}-${identity}`),
  'NodeStatuses.kubernetes.talos.dev': () => one('true'),
  'MachineTypes.config.talos.dev': ({ summary }) => one(summary.role),
  'Disks.block.talos.dev': () => [{ id: 'sda', cells: ['/dev/sda', '10000000', 'WDC', 'S-1', 'sata'] }],
  'SystemDisks.block.talos.dev': () => one('sda'),
  'DiscoveredVolumes.block.talos.dev': () => [partition(1, 'STATE'), partition(2, 'EPHEMERAL')],
  'VolumeStatuses.block.talos.dev': () => [
    { id: 'STATE', cells: ['/dev/sda1', 'ready'] },
    { id: 'EPHEMERAL', cells: ['/dev/sda2', 'ready'] },
  ],
  'MountStatuses.block.talos.dev': none,
  'LVMVolumeGroupStatuses.storage.talos.dev': none,
  'LVMLogicalVolumeStatuses.storage.talos.dev': none,
  'LVMPhysicalVolumeStatuses.storage.talos.dev': none,
  'MDArrayStatuses.storage.talos.dev': none,
};

/** What a machine lists of a type; one without fields of a type that nobody looks at. */
export const resourcesOf = (type: string, machine: ModelMachine): readonly ModelResource[] =>
  KINDS[type]?.(machine) ?? one();
