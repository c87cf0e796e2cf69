import type { VirtualCluster } from '../cluster.ts';
import type { VirtualNode } from '../virtual-node.ts';
import type { YamlValue } from '../yaml-text.ts';

/** One resource as its type makes it up. */
export interface ResourceDraft {
  readonly id: string;
  readonly spec: YamlValue;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A COSI resource type the simulated nodes have. */
export interface ResourceType {
  /** Full name: `Members.cluster.talos.dev`. */
  readonly type: string;
  readonly namespace: string;
  /** Name of the controller that writes it. */
  readonly owner: string;
  readonly aliases?: readonly string[];
  /** Column name and JSONPath over the spec. */
  readonly columns: readonly (readonly [name: string, jsonPath: string])[];
  /** Needs os:admin. */
  readonly sensitive?: boolean;
  /** The resources of a node as they are now. */
  drafts(node: VirtualNode, cluster: VirtualCluster): readonly ResourceDraft[];
}

/** A type whose resources are a function of the node. */
export function resourceType(type: ResourceType): ResourceType {
  return type;
}

/** `Members` of `Members.cluster.talos.dev`. */
export const displayName = (type: string): string => type.split('.')[0] ?? type;

const singular = (plural: string): string => {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  if (/(ss|us|x|ch)es$/.test(plural)) return plural.slice(0, -2);
  return plural.replace(/s$/, '');
};

/** Everything a user may type for it, as the runtime lists it: plural, singular, capitals, declared ones. */
export function allAliases(type: ResourceType): readonly string[] {
  const plural = displayName(type.type);
  const capitals = plural.replace(/[^A-Z]/g, '').toLowerCase();
  const short = capitals.length > 1 ? [capitals, `${capitals}s`] : [];
  return [
    ...new Set([
      plural.toLowerCase(),
      singular(plural).toLowerCase(),
      type.type.toLowerCase(),
      ...short,
      ...(type.aliases ?? []),
    ]),
  ];
}
