/** A partition of a disk. */
export interface DiskPartition {
  /** Its number in the table of partitions. */
  readonly number: number;
  readonly bytes: number;
  /** What is found on it: `xfs`, `lvm2-pv`; empty for nothing. */
  readonly content: string;
  readonly label?: string;
  readonly partitionLabel?: string;
  /** The volume of Talos that it is: `u-data`; such a one is in use. */
  readonly volume?: string;
  /** The folder it is mounted on. */
  readonly mountedOn?: string;
}

/** A disk that is built into a machine. */
export interface MachineDisk {
  /** As the kernel names it: `nvme0n1`. */
  readonly name: string;
  readonly bytes: number;
  readonly model: string;
  readonly serial: string;
  /** Where it is plugged in; default: one for all. */
  readonly busPath?: string;
  readonly isReadOnly?: boolean;
  readonly isCdrom?: boolean;
  /** What is found on the disk itself, such as `xfs`; a table of partitions is seen by its partitions. */
  readonly content?: string;
  readonly label?: string;
  readonly partitions?: readonly DiskPartition[];
}

/** A volume group of LVM. */
export interface SimulatedGroup {
  readonly name: string;
  /** Its physical volumes: `/dev/sdb`. */
  readonly devices: readonly string[];
  /** Its logical volumes; an open one cannot be removed. */
  readonly volumes: readonly { readonly name: string; readonly bytes: number; readonly isOpen?: boolean }[];
}

/** An array of disks. */
export interface SimulatedArray {
  /** `/dev/md0`. */
  readonly device: string;
  readonly level: string;
  readonly members: readonly string[];
  readonly isOpen?: boolean;
}

const GIB = 1024 ** 3;

/** What Talos makes of the disk that it is installed on. */
export function systemPartitions({ bytes }: MachineDisk): readonly DiskPartition[] {
  return [
    { number: 1, bytes: 2_202_009_600, content: 'vfat', partitionLabel: 'EFI' },
    { number: 4, bytes: 1024 ** 2, content: 'talosmeta', partitionLabel: 'META', volume: 'META' },
    {
      ...{ number: 5, bytes: 104_857_600, content: 'xfs', label: 'STATE', partitionLabel: 'STATE' },
      ...{ volume: 'STATE', mountedOn: '/system/state' },
    },
    {
      ...{ number: 6, bytes: bytes - 4 * GIB, content: 'xfs', label: 'EPHEMERAL', partitionLabel: 'EPHEMERAL' },
      ...{ volume: 'EPHEMERAL', mountedOn: '/var' },
    },
  ];
}

/** As the kernel names a partition: `sdb1`, `nvme0n1p1`. */
export const partitionName = (disk: string, number: number): string =>
  `${disk}${/\d$/.test(disk) ? 'p' : ''}${String(number)}`;
