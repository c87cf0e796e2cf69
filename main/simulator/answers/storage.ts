import { unary, type AnswerEntry } from '../endpoint/answer.ts';
import { failedPrecondition, invalidArgument, notFound } from '../endpoint/errors.ts';
import { partitionName, systemPartitions, type DiskPartition, type MachineDisk } from '../node/machine-disk.ts';
import type { MachineState } from '../node/machine-state.ts';

/** A device that can be wiped. */
interface Device {
  readonly disk: MachineDisk;
  readonly partition: DiskPartition | undefined;
}

function findDevice({ disks }: MachineState, name: string): Device {
  for (const [index, each] of disks.entries()) {
    const disk = index === 0 ? { partitions: systemPartitions(each), ...each } : each;
    if (disk.name === name) return { disk, partition: undefined };
    const partition = disk.partitions?.find(({ number }) => partitionName(disk.name, number) === name);
    if (partition !== undefined) return { disk, partition };
  }
  throw notFound(`blockdevice "${name}" not found`);
}

/** What forbids wiping a device. The texts are machined's (docs/talos-behaviour.md §6.4). */
function checkWipe(machine: MachineState, name: string, drops: boolean): Device {
  const found = findDevice(machine, name);
  const { disk, partition } = found;
  const refuse = (why: string) => failedPrecondition(`blockdevice "${name}" ${why}`);
  if (drops && partition === undefined) throw invalidArgument(`blockdevice "${name}" is of unsupported type "disk"`);
  if (disk.isReadOnly === true) throw refuse('is read-only');
  if (disk.isCdrom === true) throw refuse('is a CD-ROM');
  const parts = partition === undefined ? (disk.partitions ?? []) : [partition];
  const paths = [`/dev/${name}`, ...parts.map(({ number }) => `/dev/${partitionName(disk.name, number)}`)];
  const array = machine.arrays.find(({ members }) => members.some((member) => paths.includes(member)));
  if (array !== undefined) throw refuse(`is in use by disk "${array.device.replace('/dev/', '')}"`);
  const group = machine.groups.find(({ devices }) => devices.some((device) => paths.includes(device)));
  if (group !== undefined) throw refuse(`is in use by blockdevice "${group.name}"`);
  const volume = parts.find((part) => part.volume !== undefined)?.volume;
  if (volume !== undefined) throw refuse(`is in use by volume "${volume}"`);
  if (parts.some(({ mountedOn }) => mountedOn !== undefined)) {
    throw failedPrecondition(`block device "${name}" is mounted or in use`);
  }
  return found;
}

/** The disk after the wipe. */
function wiped({ disk, partition }: Device, drops: boolean): MachineDisk {
  const { content: _content, label: _label, partitions = [], ...bare } = disk;
  if (partition === undefined) return bare;
  const { number, bytes, partitionLabel } = partition;
  const emptied = { number, bytes, content: '', ...(partitionLabel !== undefined && { partitionLabel }) };
  return {
    ...disk,
    partitions: partitions.flatMap((each) => (each !== partition ? [each] : drops ? [] : [emptied])),
  };
}

function replaceDisk(machine: MachineState, disk: MachineDisk): void {
  machine.setMoreDisks(machine.disks.slice(1).map((each) => (each.name === disk.name ? disk : each)));
}

/** A signature that went from a device. */
function clean(machine: MachineState, path: string): void {
  const device = findDevice(machine, path.replace('/dev/', ''));
  replaceDisk(machine, wiped(device, false));
}

/** Wiping of disks and partitions, and taking LVM and arrays apart. */
export const storageAnswers: readonly AnswerEntry[] = [
  unary('/storage.StorageService/BlockDeviceWipe', ({ devices }, { node: { machine } }) => {
    // All are looked at before the first is wiped.
    for (const { device, drop_partition: drops } of devices) checkWipe(machine, device, drops);
    for (const { device, drop_partition: drops } of devices) {
      replaceDisk(machine, wiped(findDevice(machine, device), drops));
    }
    return { messages: [{}] };
  }),
  unary('/machine.LVMService/LogicalVolumeRemove', (request, { node: { machine } }) => {
    const group = machine.groups.find(({ name }) => name === request.volume_group);
    const volume = group?.volumes.find(({ name }) => name === request.logical_volume);
    const name = `${request.volume_group}/${request.logical_volume}`;
    if (group === undefined || volume === undefined) throw notFound(`logical volume "${name}" not found`);
    if (volume.isOpen === true) throw failedPrecondition(`logical volume "${name}" is in use`);
    const volumes = group.volumes.filter((each) => each !== volume);
    machine.setGroups(
      machine.groups.map((each) => (each === group ? { ...group, volumes } : each)),
      machine.arrays,
    );
    return {};
  }),
  unary('/machine.LVMService/VolumeGroupRemove', (request, { node: { machine } }) => {
    const group = machine.groups.find(({ name }) => name === request.volume_group);
    if (group === undefined) throw notFound(`volume group "${request.volume_group}" not found`);
    if (group.volumes.some(({ isOpen }) => isOpen === true)) {
      throw failedPrecondition(`volume group "${group.name}" is in use`);
    }
    machine.setGroups(
      machine.groups.filter((each) => each !== group),
      machine.arrays,
    );
    return {};
  }),
  unary('/machine.LVMService/PhysicalVolumeRemove', ({ device }, { node: { machine } }) => {
    const { disk, partition } = findDevice(machine, device.replace('/dev/', ''));
    if ((partition?.content ?? disk.content) !== 'lvm2-pv') throw notFound(`physical volume "${device}" not found`);
    if (machine.groups.some(({ devices }) => devices.includes(device))) {
      throw failedPrecondition(`physical volume "${device}" is in use`);
    }
    clean(machine, device);
    return {};
  }),
  unary('/machine.MDService/Destroy', ({ device }, { node: { machine } }) => {
    const array = machine.arrays.find((each) => each.device === device);
    if (array === undefined) throw notFound(`md array "${device}" not found`);
    if (array.isOpen === true) throw failedPrecondition(`md array "${device}" is in use`);
    machine.setGroups(
      machine.groups,
      machine.arrays.filter((each) => each !== array),
    );
    for (const member of array.members) clean(machine, member);
    return {};
  }),
];
