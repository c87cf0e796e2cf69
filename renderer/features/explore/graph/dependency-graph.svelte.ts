import type { DependencyEdge, DependencyNode, Failure } from '../../../../preload/contract/index.ts';
import type { Client } from '../../../lib/bridge.ts';
import { assertNever } from '../../../lib/assert-never.ts';
import { toFailure } from '../../../lib/operation-failed.ts';
import { inSlices, layered, type Layout } from './layered.ts';

/** What is asked for. */
export interface GraphWish {
  readonly context: string;
  readonly node: string;
  readonly hasResources: boolean;
}

/** Size of a node in the units of the layout. */
export const NODE_SIZE = { width: 210, height: 26 } as const;

/** The dependencies of a node, read once and laid out beside what the page does; whoever makes one stops it. */
export class DependencyGraph {
  readonly wish: GraphWish;
  readonly nodes: DependencyNode[] = [];
  readonly edges: DependencyEdge[] = [];
  /** Places of the ends of each edge among the nodes. */
  ends: readonly (readonly [from: number, to: number])[] = [];
  notes: readonly string[] = [];
  talosctl = '';
  #stop = new AbortController();
  layout = $state.raw<Layout | undefined>();
  failure = $state.raw<Failure | undefined>();
  /** What is done at the moment. */
  progress = $state('Asking the node');

  constructor(client: Client, wish: GraphWish) {
    this.wish = wish;
    void this.#collect(client);
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Places of the nodes that make or read this one, and that it makes or is read by. */
  beside(place: number): { readonly inputs: readonly number[]; readonly outputs: readonly number[] } {
    const inputs = new Set<number>();
    const outputs = new Set<number>();
    for (const [from, to] of this.ends) {
      if (to === place) inputs.add(from);
      if (from === place) outputs.add(to);
    }
    return { inputs: [...inputs], outputs: [...outputs] };
  }

  async #collect(client: Client): Promise<void> {
    const { signal } = this.#stop;
    try {
      for await (const { items } of client.open('dependencies', this.wish, { signal })) {
        for (const item of items) {
          switch (item.type) {
            case 'progress':
              this.progress = `Reading resources: ${item.done} of ${item.of} types`;
              break;
            case 'nodes':
              this.nodes.push(...item.nodes);
              break;
            case 'edges':
              this.edges.push(...item.edges);
              break;
            case 'notes':
              this.notes = item.notes;
              this.talosctl = item.talosctl;
              break;
            default:
              assertNever(item);
          }
        }
      }
      if (signal.aborted) return;
      this.progress = 'Laying it out';
      const places = new Map(this.nodes.map(({ id }, at) => [id, at]));
      this.ends = this.edges.map(({ from, to }) => [places.get(from) ?? 0, places.get(to) ?? 0] as const);
      this.layout = await inSlices(layered(this.nodes.length, this.ends, NODE_SIZE), signal);
    } catch (thrown) {
      this.failure = toFailure(thrown);
    }
  }
}
