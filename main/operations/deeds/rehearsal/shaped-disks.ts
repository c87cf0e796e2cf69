import type { Device, Disk, NodeStorage } from '../../storage/node-storage.ts';

/** A partition of a disk as it is simulated. */
export interface ShapedPartition {
  readonly number: number;
  readonly bytes: number;
  readonly content: string;
  readonly label?: string;
  readonly partitionLabel?: string;
  /** The volume of Talos that it is. */
  readonly volume?: string;
  readonly mountedOn?: string;
}

/** A disk as it is simulated. */
export interface ShapedDisk {
  readonly name: string;
  readonly bytes: number;
  readonly model: string;
  readonly serial: string;
  readonly isReadOnly?: boolean;
  readonly isCdrom?: boolean;
  readonly content?: string;
  readonly label?: string;
  readonly partitions?: readonly ShapedPartition[];
}

/** The disks of a machine, the one Talos runs from first; undefined where it does not tell which that is. Pure. */
export function shapedDisks({ disks }: NodeStorage): readonly ShapedDisk[] | undefined {
  const system = disks.find(({ isSystem }) => isSystem);
  return system && [system, ...disks.filter((disk) => disk !== system)].map(shapedDisk);
}

function shapedDisk({ name, size, model, serial, isReadOnly, isCdrom, content, label, partitions }: Disk): ShapedDisk {
  const own = partitions.length > 0 ? {} : { ...(content !== '' && { content }), ...(label !== '' && { label }) };
  return {
    ...{ name, bytes: size ?? 0, model, serial, isReadOnly, isCdrom, ...own },
    partitions: partitions.map(shapedPartition),
  };
}

function shapedPartition(partition: Device, at: number): ShapedPartition {
  const { name, size, content, label, partitionLabel, volume, mounts } = partition;
  const number = Number(/(\d+)$/.exec(name)?.[1] ?? at + 1);
  const [mountedOn] = mounts;
  return {
    ...{ number, bytes: size ?? 0, content },
    ...{ ...(label !== '' && { label }), ...(partitionLabel !== '' && { partitionLabel }) },
    ...{ ...(volume !== undefined && { volume }), ...(mountedOn !== undefined && { mountedOn }) },
  };
}
