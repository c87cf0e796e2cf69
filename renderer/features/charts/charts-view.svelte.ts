import type { SAMPLE_EVERY_MS } from '../../../preload/contract/index.ts';
import { sessionPart } from '../../state/session-part.ts';

/** How often nodes are measured. */
export type SampleEveryMs = (typeof SAMPLE_EVERY_MS)[number];

/** Whose load is shown: the selected nodes, all, or one by its target. */
export type ChartedNodes = 'all' | 'selected' | { readonly node: string };

/** What the Charts screen shows; it outlives leaving the screen, measuring does not. */
class ChartsView {
  everyMs = $state<SampleEveryMs>(3000);
  /** How much of the last hour is shown. */
  windowMs = $state(300_000);
  #nodes = $state.raw<ReadonlyMap<string, ChartedNodes>>(new Map());

  /** Chosen in a context; never carried over to another one. */
  nodesIn(context: string | undefined): ChartedNodes {
    return (context === undefined ? undefined : this.#nodes.get(context)) ?? 'all';
  }

  choose(context: string | undefined, nodes: ChartedNodes): void {
    if (context !== undefined) this.#nodes = new Map(this.#nodes).set(context, nodes);
  }
}

/** What the Charts screen of a window shows. */
export const chartsOf = sessionPart(() => new ChartsView());
