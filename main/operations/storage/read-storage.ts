import { listResources, type ReadResource } from '../checks/client/read-resources.ts';
import type { Caller } from '../clusters/caller.ts';
import { joinStorage, type StorageResources } from './join-storage.ts';
import type { NodeStorage } from './node-storage.ts';

const READ_WITHIN_MS = 10_000;

/** Kinds of resources that tell of storage, and the fields that are read, in this order (docs/talos-behaviour.md §6.10). */
const KINDS = {
  disks: {
    type: 'Disks.block.talos.dev',
    fields: [
      ...['dev_path', 'size', 'model', 'serial', 'transport', 'readonly', 'cdrom', 'secondary_disks[*]'],
      ...['wwid', 'bus_path'],
    ],
  },
  systemDisks: { type: 'SystemDisks.block.talos.dev', fields: ['diskID'] },
  discovered: {
    type: 'DiscoveredVolumes.block.talos.dev',
    fields: ['dev_path', 'size', 'name', 'label', 'partition_label', 'parent_dev_path', 'parent', 'type'],
  },
  volumes: { type: 'VolumeStatuses.block.talos.dev', fields: ['location', 'phase'] },
  mounts: { type: 'MountStatuses.block.talos.dev', fields: ['source', 'target'] },
  groups: { type: 'LVMVolumeGroupStatuses.storage.talos.dev', fields: ['name'] },
  logical: {
    type: 'LVMLogicalVolumeStatuses.storage.talos.dev',
    fields: ['vgName', 'name', 'path', 'size', 'deviceOpen'],
  },
  physical: { type: 'LVMPhysicalVolumeStatuses.storage.talos.dev', fields: ['vgName', 'device'] },
  arrays: { type: 'MDArrayStatuses.storage.talos.dev', fields: ['device', 'level', 'members[*]'] },
} as const;

type Kind = keyof typeof KINDS;
const ALL = Object.keys(KINDS) as readonly Kind[];

/** How one machine is asked. */
export interface StorageCall {
  readonly node: string;
  readonly signal: AbortSignal;
}

/**
 * Reads the disks of a machine and what lies on them. A kind of resource that its version does not have, such as LVM before 1.14, is
 * empty; what else fails is thrown: what is not known is never drawn as nothing.
 */
export async function readStorage(caller: Caller, { node, signal }: StorageCall): Promise<NodeStorage> {
  const call = { node, signal, deadlineMs: READ_WITHIN_MS };
  const read = async (kind: Kind): Promise<readonly ReadResource[]> => {
    const { type, fields } = KINDS[kind];
    const namespace = type.endsWith('.storage.talos.dev') ? 'storage' : 'runtime';
    try {
      return await listResources(
        caller,
        { namespace, type },
        fields.map((field) => `{.${field}}`),
        call,
      );
    } catch (error) {
      // An older machine refuses what it does not know: "resource type … is not supported".
      if (namespace === 'storage' && isUnknownKind(caller, node, error)) return [];
      throw error;
    }
  };
  const lists = await Promise.all(ALL.map(async (kind) => [kind, await read(kind)] as const));
  return joinStorage(Object.fromEntries(lists) as Record<Kind, readonly ReadResource[]> satisfies StorageResources);
}

function isUnknownKind(caller: Caller, node: string, error: unknown): boolean {
  const { code, details = '', message } = caller.explain(error, { node });
  return code === 'not-supported' || /is not supported/.test(`${message} ${details}`);
}
