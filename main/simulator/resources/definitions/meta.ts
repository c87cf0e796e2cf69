import type { ProtoField } from '../../wire/protobuf-writer.ts';
import type { YamlValue } from '../../wire/talos-yaml.ts';
import { aliasesOf, allAliasesOf, displayName, type Definition } from './definition.ts';

/** The two types that describe all others; every runtime has them. */
export const META_TYPES = `
Namespaces.meta.cosi.dev | meta | ns | - | -
ResourceDefinitions.meta.cosi.dev | meta | api-resources | - | Aliases = {.aliases[:]}
`;

/** The namespaces Talos registers, also those that are empty on most nodes, and what it says about them. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  meta: 'Metadata namespace which contains resource and namespace definitions.',
  runtime: 'Talos v1alpha1 subsystems glue resources.',
  cluster: 'Cluster configuration and discovery resources.',
  'cluster-raw': 'Cluster unmerged raw resources.',
  config: 'Talos node configuration.',
  containers: 'Containers of the machine.',
  etcd: 'etcd resources.',
  files: 'Files and file-like resources.',
  hardware: 'Hardware resources.',
  k8s: 'Kubernetes all node types resources.',
  controlplane: 'Kubernetes control plane resources.',
  kubespan: 'KubeSpan resources.',
  network: 'Networking resources.',
  'network-config': 'Networking configuration resources.',
  cri: 'CRI Seccomp resources.',
  secrets: 'Resources with secret material.',
  security: 'Security resources.',
  perf: 'Stats resources.',
  storage: 'Storage resources.',
};

const SENSITIVE = 1;

/** The spec of a ResourceDefinition as YAML has it. */
export function definitionYaml(definition: Definition): YamlValue {
  return {
    type: definition.type,
    displayType: displayName(definition.type),
    defaultNamespace: definition.namespace,
    aliases: aliasesOf(definition),
    allAliases: allAliasesOf(definition),
    ...(definition.onlyDeclaredAliases ? { skipAutomaticAliases: true } : {}),
    printColumns: definition.columns.map(([name, jsonPath]) => ({ name, jsonPath })),
    ...(definition.sensitive ? { sensitivity: 'sensitive' } : {}),
  };
}

/** The same as the message `cosi.resource.meta.ResourceDefinitionSpec`, the only form talosctl reads. */
export function definitionProto(definition: Definition): readonly ProtoField[] {
  const texts = (number: number, values: readonly string[]): readonly ProtoField[] =>
    values.map((string) => ({ number, string }));
  return [
    { number: 1, string: definition.type },
    { number: 2, string: displayName(definition.type) },
    { number: 3, string: definition.namespace },
    ...texts(4, aliasesOf(definition)),
    ...texts(5, allAliasesOf(definition)),
    ...definition.columns.map(([name, jsonPath]) => ({
      number: 6,
      message: [
        { number: 1, string: name },
        { number: 2, string: jsonPath },
      ],
    })),
    { number: 7, varint: definition.sensitive ? SENSITIVE : 0 },
  ];
}
