import type { DependencyEdge, DependencyKind, DependencyNode } from '../../../preload/contract/index.ts';
import { visible } from '../../lib/visible.ts';
import type { MethodReply } from '../../talos/method-types.ts';

type Reply = MethodReply<'/inspect.InspectService/ControllerRuntimeDependencies'>;

/** One use of a type of resource by a controller, as a node tells it. */
export type Use = Reply['messages'][number]['edges'][number];

/** Of a name; Talos's own are far shorter. */
const MOST_NAME = 200;

const KINDS: Readonly<Record<string, DependencyKind | undefined>> = {
  OUTPUT_EXCLUSIVE: 'output-exclusive',
  OUTPUT_SHARED: 'output-shared',
  INPUT_STRONG: 'input-strong',
  INPUT_WEAK: 'input-weak',
};

const name = (text: string): string => visible(text.slice(0, MOST_NAME));
const controllerId = (controller: string): string => `c ${controller}`;
const typeId = (type: string): string => `t ${type}`;

/** A resource that was listed for the graph. */
export interface GraphResource {
  readonly type: string;
  readonly namespace: string;
  readonly id: string;
  /** The controller that made it; empty for none. */
  readonly owner: string;
}

/**
 * The graph of `talosctl inspect dependencies`: from controllers to what they make, from types to the controllers that read them.
 * INPUT_DESTROY_READY is left out. With resources, each stands in place of its type: made by its owner alone, read by whoever
 * reads its type, or it by its id (docs/talos-behaviour.md §6.9).
 */
export function dependencyGraph(
  uses: readonly Use[],
  resources: readonly GraphResource[],
): { readonly nodes: readonly DependencyNode[]; readonly edges: readonly DependencyEdge[] } {
  const nodes = new Map<string, DependencyNode>();
  const edges = new Map<string, DependencyEdge>();
  const node = (one: DependencyNode): string => {
    if (!nodes.has(one.id)) nodes.set(one.id, one);
    return one.id;
  };
  const edge = (one: DependencyEdge): void => void edges.set(`${one.from}\n${one.to}\n${one.kind}`, one);
  const byType = Map.groupBy(resources, ({ type }) => type);
  for (const { controller_name: controller, resource_type: type, resource_id: id, edge_type } of uses) {
    const kind = KINDS[edge_type];
    if (kind === undefined) continue;
    const from = node({ id: controllerId(controller), kind: 'controller', label: name(controller) });
    const listed = byType.get(type);
    const isInput = kind === 'input-strong' || kind === 'input-weak';
    if (listed === undefined) {
      const to = node({ id: typeId(type), kind: 'type', label: name(type) });
      const only = id === '' ? {} : { resource: name(id) };
      edge(isInput ? { from: to, to: from, kind, ...only } : { from, to, kind });
      continue;
    }
    for (const one of listed) {
      const label = name(`${one.namespace}/${type}/${one.id}`);
      const to = node({ id: `r ${one.namespace}/${type}/${one.id}`, kind: 'resource', label });
      if (isInput) {
        if (id === '' || id === one.id) edge({ from: to, to: from, kind });
      } else if (one.owner === controller) edge({ from, to, kind });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
