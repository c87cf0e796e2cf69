import type { ResourceChange, StoredResource } from '../../resources/node-state.ts';
import type { SimulatedType } from '../../resources/resource-type.ts';
import { timestamp } from '../../wire/timestamp.ts';

/** A resource as `cosi.resource.Resource`: the spec both as YAML and, where there is one, as a message. */
export const resourceMessage = (resource: StoredResource) => ({
  metadata: {
    namespace: resource.type.namespace,
    type: resource.type.type,
    id: resource.draft.id,
    version: String(resource.version),
    owner: resource.type.owner,
    phase: 'running',
    created: timestamp(resource.createdAtMs),
    updated: timestamp(resource.updatedAtMs),
    labels: resource.draft.labels ?? {},
    annotations: resource.draft.annotations ?? {},
  },
  spec: { proto_spec: resource.proto, yaml_spec: resource.yaml },
});

/** What stands for a resource that does not exist: readers in Go refuse one without version and phase. */
export const tombstone = (type: SimulatedType, id: string, atMs: number) => ({
  metadata: {
    namespace: type.namespace,
    type: type.type,
    id,
    version: 'undefined',
    phase: 'running',
    created: timestamp(atMs),
    updated: timestamp(atMs),
  },
  spec: {},
});

/** A change that a watch tells of as it happens. */
export const changeEvent = (change: ResourceChange, bookmark: Buffer) => ({
  resource: resourceMessage(change.resource),
  ...(change.kind === 'UPDATED' && change.old !== null ? { old: resourceMessage(change.old) } : {}),
  event_type: change.kind,
  bookmark,
});
