import { clusterTypes } from './cluster-types.ts';
import { configTypes } from './config-types.ts';
import { KUBERNETES_TYPES } from './definitions/kubernetes.ts';
import { MACHINE_TYPES } from './definitions/machine.ts';
import { definitionProto, definitionYaml, META_TYPES, NAMESPACES } from './definitions/meta.ts';
import { NETWORK_TYPES } from './definitions/network.ts';
import { readTable } from './definitions/read-table.ts';
import { STORAGE_TYPES } from './definitions/storage.ts';
import { hardwareTypes } from './hardware-types.ts';
import { kubernetesTypes } from './kubernetes-types.ts';
import { networkTypes } from './network-types.ts';
import { resources, type ResourceContent, type SimulatedType } from './resource-type.ts';
import { runtimeTypes } from './runtime-types.ts';
import { storageTypes } from './storage-types.ts';

const META_OWNER = 'meta';

const TABLES = [META_TYPES, MACHINE_TYPES, KUBERNETES_TYPES, NETWORK_TYPES, STORAGE_TYPES];

/** Every type a node has, by full name; those without content have no resources. */
export function allResourceTypes(): ReadonlyMap<string, SimulatedType> {
  const definitions = TABLES.flatMap(readTable);
  const described = definitions.map((definition) => ({
    id: definition.type.toLowerCase(),
    spec: definitionYaml(definition),
    proto: definitionProto(definition),
  }));
  const contents: readonly ResourceContent[] = [
    resources({
      type: 'Namespaces.meta.cosi.dev',
      owner: META_OWNER,
      drafts: () =>
        Object.entries(NAMESPACES).map(([id, description]) => ({
          id,
          spec: { description },
          proto: [{ number: 1, string: description }],
        })),
    }),
    resources({
      type: 'ResourceDefinitions.meta.cosi.dev',
      owner: META_OWNER,
      drafts: () => described,
    }),
    ...clusterTypes,
    ...configTypes,
    ...hardwareTypes,
    ...kubernetesTypes,
    ...networkTypes,
    ...runtimeTypes,
    ...storageTypes,
  ];
  const byType = new Map(contents.map((content) => [content.type, content]));
  return new Map(
    definitions.map((definition) => [
      definition.type,
      { owner: '', drafts: () => [], ...definition, ...byType.get(definition.type) },
    ]),
  );
}
