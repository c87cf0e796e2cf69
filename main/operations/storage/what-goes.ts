import type { LostThing } from '../../../preload/contract/index.ts';
import { quoted } from '../quoted.ts';
import type { Device, Disk, NodeStorage, VolumeGroup } from './node-storage.ts';
import { contentWords, diskWords } from './storage-words.ts';

/** Something that goes, before it is said on which machine. */
export type Lost = Omit<LostThing, 'node'>;

/** What a reset is asked to wipe, as `talosctl reset` has it. */
export interface ResetWish {
  readonly mode: 'all' | 'system-disk' | 'user-disks';
  /** Labels of volumes, such as `EPHEMERAL`; none: the whole system disk. */
  readonly labels: readonly string[];
  /** Paths of disks, such as `/dev/sdb`. */
  readonly userDisks: readonly string[];
}

/** What a reset would take away from a machine, and why it cannot be done so; see docs/talos-behaviour.md §6.4 for what each mode wipes. */
export function lostByReset(
  storage: NodeStorage,
  { mode, labels, userDisks }: ResetWish,
): { readonly loses: readonly Lost[]; readonly refused: readonly string[] } {
  if (mode === 'system-disk' && userDisks.length > 0) {
    return none('The mode system-disk wipes no user disks: choose all or user-disks.');
  }
  if (mode === 'user-disks' && labels.length > 0) {
    return none('The mode user-disks wipes no system partitions: choose all or system-disk.');
  }
  const system =
    mode === 'user-disks'
      ? { loses: [], refused: [] }
      : labels.length > 0
        ? ofLabels(storage, labels)
        : ofSystem(storage);
  const users = mode === 'system-disk' ? [] : userDisks.map((path) => ofUserDisk(storage, path));
  return {
    loses: [...system.loses, ...users.flatMap(({ loses }) => loses)],
    refused: [...system.refused, ...users.flatMap(({ refused }) => refused)],
  };
}

type Verdict = ReturnType<typeof lostByReset>;

const none = (why: string): Verdict => ({ loses: [], refused: [why] });

function ofSystem(storage: NodeStorage): Verdict {
  const disks = storage.disks.filter(({ isSystem }) => isSystem);
  if (disks.length === 0) return none('It does not tell which disk Talos runs from.');
  return { loses: disks.flatMap((disk) => lostOnDisk(storage, disk)), refused: [] };
}

function ofLabels(storage: NodeStorage, labels: readonly string[]): Verdict {
  const partitions = storage.disks.flatMap((disk) => disk.partitions);
  const found = labels.map((label) => partitions.find(({ volume }) => volume === label));
  return {
    loses: found.flatMap((partition) => (partition === undefined ? [] : lostIn(storage, partition, 0))),
    refused: labels.flatMap((label, at) => (found[at] === undefined ? [`It has no volume ${quoted(label)}.`] : [])),
  };
}

function ofUserDisk(storage: NodeStorage, path: string): Verdict {
  const disk = storage.disks.find((each) => each.path === path);
  if (disk === undefined) return none(`It has no disk ${quoted(path)}.`);
  if (disk.isReadOnly) return none(`${quoted(path)} can only be read.`);
  if (disk.isSystem) return none(`${quoted(path)} is the disk that Talos runs from, and no user disk.`);
  return { loses: lostOnDisk(storage, disk), refused: [] };
}

/** A disk with everything on it, the disk first. */
export function lostOnDisk(storage: NodeStorage, disk: Disk): readonly Lost[] {
  const { path, size, content, partitions } = disk;
  const what = `${diskWords(disk)}${content === '' && partitions.length === 0 ? '' : `: ${contentWords(disk)}`}`;
  return [
    { name: path, depth: 0, what, ...sized(size) },
    ...lostOfGroup(storage, disk, 1),
    ...partitions.flatMap((partition) => lostIn(storage, partition, 1)),
  ];
}

/** A partition with everything on it. */
export function lostIn(storage: NodeStorage, device: Device, depth: number): readonly Lost[] {
  const { path, size } = device;
  return [
    { name: path, depth, what: contentWords(device), ...sized(size) },
    ...lostOfGroup(storage, device, depth + 1),
  ];
}

/** What a volume group loses with one of its physical volumes: any of its volumes may lie there. */
function lostOfGroup(storage: NodeStorage, { usedBy }: Device, depth: number): readonly Lost[] {
  const group = usedBy?.kind === 'group' ? storage.groups.find(({ name }) => name === usedBy.name) : undefined;
  return group === undefined ? [] : lostVolumes(group, depth);
}

/** The logical volumes of a group. */
export const lostVolumes = ({ name: group, volumes }: VolumeGroup, depth: number): readonly Lost[] =>
  volumes.map((volume) => ({
    ...{ name: `${group}/${volume.name}`, depth, what: `logical volume: ${contentWords(volume)}` },
    ...sized(volume.size),
  }));

const sized = (size: number | undefined) => (size === undefined ? {} : { size });
