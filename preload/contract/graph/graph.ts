/** How a controller uses a type of resource, as Talos says it. */
export type DependencyKind = 'output-exclusive' | 'output-shared' | 'input-strong' | 'input-weak';

/** One controller, one type of resource, or one resource. */
export interface DependencyNode {
  /** Unique within the graph. */
  readonly id: string;
  readonly kind: 'controller' | 'type' | 'resource';
  readonly label: string;
}

/** From what is read or made to what reads or is made. */
export interface DependencyEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: DependencyKind;
  /** Only this resource is read, where that is said. */
  readonly resource?: string;
}

/** Most nodes and edges of a graph; what is left out is said. */
export const MOST_GRAPH_NODES = 5000;
export const MOST_GRAPH_EDGES = 20_000;

/** Items of stream `dependencies`. */
export type DependencyItem =
  /** So many types of resources were read, of so many. */
  | { readonly type: 'progress'; readonly done: number; readonly of: number }
  | { readonly type: 'nodes'; readonly nodes: readonly DependencyNode[] }
  | { readonly type: 'edges'; readonly edges: readonly DependencyEdge[] }
  /** What is left out or could not be read, one sentence each. */
  | { readonly type: 'notes'; readonly notes: readonly string[]; readonly talosctl: string };
