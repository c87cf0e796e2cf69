/** A place in the storage of a machine: a disk, or a partition of one. Texts as the machine says them. */
export interface Device {
  /** As the kernel calls it: `sda`, `nvme0n1p6`. */
  readonly name: string;
  /** `/dev/sda`. */
  readonly path: string;
  /** Bytes; undefined where the machine does not tell. */
  readonly size: number | undefined;
  /** What is found on it: `gpt`, `xfs`, `lvm2-pv`, `luks`; empty for nothing that is known. */
  readonly content: string;
  readonly label: string;
  /** The name of the partition: `EPHEMERAL`. */
  readonly partitionLabel: string;
  /** The volume of Talos that it is. */
  readonly volume: string | undefined;
  /** Folders it is mounted on. */
  readonly mounts: readonly string[];
  /** What takes it as a part of its own: a volume group, an array, or a disk that is made of others. */
  readonly usedBy: { readonly kind: 'group' | 'array' | 'disk'; readonly name: string } | undefined;
}

/** A disk with what lies on it. */
export interface Disk extends Device {
  readonly model: string;
  readonly serial: string;
  /** Its name for the whole world, and the path of the bus it is on: what tells it from others where it has no serial number. */
  readonly wwid: string;
  readonly busPath: string;
  /** `nvme`, `sata`; empty where the machine does not tell. */
  readonly transport: string;
  readonly isReadOnly: boolean;
  readonly isCdrom: boolean;
  /** Talos runs from it. */
  readonly isSystem: boolean;
  /** In the order of their names. */
  readonly partitions: readonly Device[];
}

/** A disk, or one of its partitions. */
export interface DevicePlace {
  readonly disk: Disk;
  readonly partition: Device | undefined;
}

/** A logical volume of LVM. */
export interface LogicalVolume {
  readonly name: string;
  readonly path: string;
  readonly size: number | undefined;
  /** Somebody has it open. */
  readonly isOpen: boolean;
  readonly content: string;
  readonly label: string;
  readonly mounts: readonly string[];
}

/** A volume group of LVM. */
export interface VolumeGroup {
  readonly name: string;
  /** Paths of its physical volumes. */
  readonly devices: readonly string[];
  readonly volumes: readonly LogicalVolume[];
}

/** An array of disks (MD). */
export interface DiskArray extends Device {
  readonly level: string;
  /** Paths of its members. */
  readonly members: readonly string[];
  /** In the order of their names. */
  readonly partitions: readonly Device[];
}

/** All storage of a machine, joined from what it says in several kinds of resources. */
export interface NodeStorage {
  readonly disks: readonly Disk[];
  readonly groups: readonly VolumeGroup[];
  readonly arrays: readonly DiskArray[];
}
