import type { YamlValue } from '../yaml-text.ts';
import { clusterTypes } from './cluster-types.ts';
import { configTypes } from './config-types.ts';
import { hardwareTypes } from './hardware-types.ts';
import { kubernetesTypes } from './kubernetes-types.ts';
import { networkTypes } from './network-types.ts';
import { allAliases, displayName, resourceType, type ResourceType } from './resource-type.ts';
import { runtimeTypes } from './runtime-types.ts';

function definitionSpec(type: ResourceType, isUnique: (alias: string) => boolean): YamlValue {
  return {
    type: type.type,
    displayType: displayName(type.type).replace(/s$/, ''),
    defaultNamespace: type.namespace,
    ...(type.aliases === undefined ? {} : { aliases: type.aliases }),
    allAliases: allAliases(type).filter((alias) => isUnique(alias) || (type.aliases ?? []).includes(alias)),
    printColumns: type.columns.map(([name, jsonPath]) => ({ name, jsonPath })),
    sensitivity: type.sensitive === true ? 'sensitive' : '',
  };
}

/** Every type a simulated node has, and the type that lists them all. */
export function allResourceTypes(): ReadonlyMap<string, ResourceType> {
  const types = [
    ...clusterTypes,
    ...configTypes,
    ...hardwareTypes,
    ...kubernetesTypes,
    ...networkTypes,
    ...runtimeTypes,
  ];
  const namespaces = resourceType({
    type: 'Namespaces.meta.cosi.dev',
    namespace: 'meta',
    owner: '',
    aliases: ['ns'],
    columns: [['Description', '{.description}']],
    drafts: () =>
      [...new Set(['meta', ...types.map((type) => type.namespace)])].map((id) => ({
        id,
        spec: { description: `Resources of ${id}.` },
      })),
  });
  const definitions: ResourceType = resourceType({
    type: 'ResourceDefinitions.meta.cosi.dev',
    namespace: 'meta',
    owner: '',
    aliases: ['api-resources', 'crd', 'crds', 'rd', 'rds'],
    columns: [['Aliases', '{.allAliases[:]}']],
    drafts: () => {
      const every = [definitions, namespaces, ...types];
      const aliases = every.flatMap(allAliases);
      const isUnique = (alias: string): boolean => aliases.indexOf(alias) === aliases.lastIndexOf(alias);
      return every.map((type) => ({ id: type.type.toLowerCase(), spec: definitionSpec(type, isUnique) }));
    },
  });
  return new Map([definitions, namespaces, ...types].map((type) => [type.type, type] as const));
}
