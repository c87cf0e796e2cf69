import type { ReadResource } from '../checks/client/read-resources.ts';
import type { Device, Disk, DiskArray, LogicalVolume, NodeStorage, VolumeGroup } from './node-storage.ts';

/** What a machine says of its storage, kind by kind, with the fields that `read-storage.ts` names. */
export interface StorageResources {
  readonly disks: readonly ReadResource[];
  readonly systemDisks: readonly ReadResource[];
  readonly discovered: readonly ReadResource[];
  readonly volumes: readonly ReadResource[];
  readonly mounts: readonly ReadResource[];
  readonly groups: readonly ReadResource[];
  readonly logical: readonly ReadResource[];
  readonly physical: readonly ReadResource[];
  readonly arrays: readonly ReadResource[];
}

/** What was found on a device. */
interface Found {
  readonly id: string;
  readonly path: string;
  readonly size: number | undefined;
  readonly content: string;
  readonly label: string;
  readonly partitionLabel: string;
  readonly parent: string;
  readonly isPartition: boolean;
}

const pathOf = (path: string, id: string): string => (path === '' ? `/dev/${id}` : path);
const sizeOf = (text: string): number | undefined =>
  /^\d{1,18}$/.test(text) && text !== '0' ? Number(text) : undefined;
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Puts together what lies on which disk. What is found and belongs to no disk that is known is left out. */
export function joinStorage(told: StorageResources): NodeStorage {
  const found = told.discovered.map(readFound);
  const byPath = new Map(found.map((each) => [each.path, each]));
  const device = deviceMaker(told);
  const system = new Set(told.systemDisks.map(({ fields: [id = ''] }) => id));
  const arrays = told.arrays.map((array) => readArray(array, { byPath, found, device }));
  const isArray = new Set(arrays.map(({ path }) => path));
  const disks = told.disks
    .map((disk) => readDisk(disk, { byPath, found, device }, system))
    .filter(({ path }) => !isArray.has(path))
    .sort(byName);
  return { disks, arrays, groups: told.groups.map((group) => readGroup(group, told, byPath)) };
}

function readFound({ id, fields }: ReadResource): Found {
  const [path = '', size = '', content = '', label = '', partitionLabel = '', parentPath = '', parent = '', type = ''] =
    fields;
  return {
    ...{ id, path: pathOf(path, id), size: sizeOf(size), content, label, partitionLabel },
    parent: parentPath !== '' ? parentPath : parent === '' ? '' : `/dev/${parent}`,
    isPartition: type === 'partition',
  };
}

/** The field of a disk that names those it is made of. */
const SECONDARY = 7;

type DeviceMaker = (id: string, path: string, found: Found | undefined, size?: number) => Device;

/** What volumes, mounts, LVM and arrays say of a path. */
function deviceMaker({ disks, volumes, mounts, physical, arrays }: StorageResources): DeviceMaker {
  const volumeAt = new Map(
    volumes.flatMap(({ id, fields: [location = '', phase = ''] }) =>
      location === '' || phase === 'missing' || phase === 'closed' ? [] : [[location, id] as const],
    ),
  );
  const usedBy = new Map<string, NonNullable<Device['usedBy']>>([
    ...disks.flatMap(({ id, fields }) =>
      words(fields[SECONDARY] ?? '').map((member) => [asPath(member), { kind: 'disk' as const, name: id }] as const),
    ),
    // One that is in no group is told of, too.
    ...physical.flatMap(({ fields: [name = '', path = ''] }) =>
      name === '' ? [] : [[path, { kind: 'group' as const, name }] as const],
    ),
    ...arrays.flatMap(({ id, fields: [path = '', , members = ''] }) =>
      words(members).map((member) => [asPath(member), { kind: 'array' as const, name: pathOf(path, id) }] as const),
    ),
  ]);
  return (id, path, found, size) => ({
    ...{ name: id, path, size: size ?? found?.size, content: found?.content ?? '', label: found?.label ?? '' },
    ...{ partitionLabel: found?.partitionLabel ?? '', volume: volumeAt.get(path), usedBy: usedBy.get(path) },
    mounts: mountsOf(mounts, path),
  });
}

/** A member may be told as a path, or as the kernel calls it. */
const asPath = (member: string): string => (member.startsWith('/') ? member : `/dev/${member}`);

const mountsOf = (mounts: readonly ReadResource[], path: string): readonly string[] =>
  mounts.flatMap(({ fields: [source = '', target = ''] }) => (source === path && target !== '' ? [target] : []));

interface Finds {
  readonly byPath: ReadonlyMap<string, Found>;
  readonly found: readonly Found[];
  readonly device: DeviceMaker;
}

const partitionsOf = (path: string, { found, device }: Finds): readonly Device[] =>
  found
    .filter(({ isPartition, parent }) => isPartition && parent === path)
    .map((each) => device(each.id, each.path, each))
    .sort(byName);

/** A name that a disk has of itself; no real one is longer. */
const MOST_NAME = 200;

function readDisk({ id, fields: told }: ReadResource, finds: Finds, system: ReadonlySet<string>): Disk {
  const fields = told.map((text) => text.slice(0, MOST_NAME));
  const [devPath = '', size = '', model = '', serial = '', transport = '', readonly = '', cdrom = ''] = fields;
  const [wwid = '', busPath = ''] = fields.slice(SECONDARY + 1);
  const path = pathOf(devPath, id);
  return {
    ...finds.device(id, path, finds.byPath.get(path), sizeOf(size)),
    ...{ model, serial, wwid, busPath, transport, partitions: partitionsOf(path, finds) },
    isReadOnly: readonly === 'true',
    isCdrom: cdrom === 'true',
    isSystem: system.has(id),
  };
}

function readArray({ id, fields: [path = '', level = '', members = ''] }: ReadResource, finds: Finds): DiskArray {
  const at = pathOf(path, id);
  const partitions = partitionsOf(at, finds);
  return { ...finds.device(id, at, finds.byPath.get(at)), level, members: words(members).map(asPath), partitions };
}

function readGroup(
  { id, fields: [named = ''] }: ReadResource,
  { physical, logical, mounts }: StorageResources,
  byPath: ReadonlyMap<string, Found>,
): VolumeGroup {
  const name = named === '' ? id : named;
  return {
    name,
    devices: physical.flatMap(({ fields: [group = '', path = ''] }) => (group === name ? [path] : [])),
    volumes: logical.flatMap(
      ({ fields: [group = '', volume = '', path = '', size = '', open = ''] }): LogicalVolume[] => {
        if (group !== name) return [];
        const found = byPath.get(path);
        return [
          {
            ...{ name: volume, path, size: sizeOf(size) ?? found?.size, isOpen: open === 'open' },
            ...{ content: found?.content ?? '', label: found?.label ?? '', mounts: mountsOf(mounts, path) },
          },
        ];
      },
    ),
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name.localeCompare(b.name, 'en', { numeric: true });
