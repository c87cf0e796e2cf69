import type { ResourceTypeSummary } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { ResourceWatch, type WatchRequest } from '../../state/resource-watch.svelte.ts';
import type { NextFrame } from '../../state/run.svelte.ts';
import { sessionPart } from '../../state/session-part.ts';

/** Whose resources are shown: the nodes selected, all, or one by its target. Undefined chooses for the user. */
export type ExploredNodes = 'selected' | 'all' | { readonly node: string } | undefined;

/** What the Explore screen shows. It outlives leaving the screen; the watch does not. */
export class Explored {
  readonly #client: Client;
  readonly #now: () => number;
  readonly #nextFrame: NextFrame;
  #watch = $state.raw<ResourceWatch | undefined>();
  /** The dependencies are shown in place of the types. */
  isGraph = $state(false);
  /** The type chosen; a name that another cluster may know too. */
  type = $state.raw<ResourceTypeSummary | undefined>();
  #nodes = $state.raw<ReadonlyMap<string, ExploredNodes>>(new Map());

  constructor(client: Client, now: () => number, nextFrame: NextFrame = (run) => requestAnimationFrame(run)) {
    this.#client = client;
    this.#now = now;
    this.#nextFrame = nextFrame;
  }

  /** The watch on screen. */
  get watch(): ResourceWatch | undefined {
    return this.#watch;
  }

  /** Chosen in a context; never carried over to another one. */
  nodesIn(context: string | undefined): ExploredNodes {
    return context === undefined ? undefined : this.#nodes.get(context);
  }

  chooseNodes(context: string | undefined, nodes: ExploredNodes): void {
    if (context !== undefined) this.#nodes = new Map(this.#nodes).set(context, nodes);
  }

  /** Begins a watch in place of the one before. */
  open(request: WatchRequest): ResourceWatch {
    this.#watch?.stop();
    const watch = new ResourceWatch({ client: this.#client, request, now: this.#now, nextFrame: this.#nextFrame });
    this.#watch = watch;
    return watch;
  }

  /** Nothing is watched any more. */
  close(): void {
    this.#watch?.stop();
    this.#watch = undefined;
  }
}

/** What the Explore screen of a window shows. */
export const exploredOf = sessionPart(({ client, now }) => new Explored(client, () => now.untrackedMs()));
