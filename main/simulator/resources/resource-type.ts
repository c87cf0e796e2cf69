import type { VirtualCluster } from '../cluster/cluster.ts';
import type { ProtoField } from '../wire/protobuf-writer.ts';
import type { VirtualNode } from '../node/virtual-node.ts';
import type { YamlValue } from '../wire/talos-yaml.ts';
import type { Definition } from './definitions/definition.ts';

/** One resource as its type makes it up. */
export interface ResourceDraft {
  readonly id: string;
  readonly spec: YamlValue;
  /** The spec as a protobuf message too, for the few types whose readers need it. */
  readonly proto?: readonly ProtoField[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What the simulated nodes have of a type. The rest of the type stands in the tables in `definitions/`. */
export interface ResourceContent {
  /** Full name: `Members.cluster.talos.dev`. */
  readonly type: string;
  /** Name of the controller that writes it. */
  readonly owner: string;
  /** The resources of a node as they are now. */
  readonly drafts: (node: VirtualNode, cluster: VirtualCluster) => readonly ResourceDraft[];
}

/** A COSI resource type of a node, with or without resources. */
export interface SimulatedType extends Definition, Omit<ResourceContent, 'type'> {}

/** A type whose resources are a function of the node. */
export function resources(content: ResourceContent): ResourceContent {
  return content;
}
