import type { NodeSeen, NodesState } from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Caller } from '../clusters/caller.ts';
import { NodeEntry } from './node-entry.ts';
import { ProbePlan } from './probe-plan.ts';
import { probeNode } from './probe-node.ts';
import { StatusTexts } from './status-texts.ts';
import { watchedNodes } from './watched-choice.ts';
import { WatchedNode } from './watched-node.ts';

/** Nodes of which the rest is read begin with that in turns, so many with each tick. */
const MOST_GO_ON = 10;

/** What {@link NodesHealth} needs. */
export interface NodesHealthOptions {
  /** Throws Failed when the cluster cannot be called. */
  readonly connection: () => Caller;
  readonly clock: Clock;
  readonly random: () => number;
  /** Does the user wait for something else? What is in view now is then asked with the next tick. */
  readonly isHeld: () => boolean;
  /** Whether the client is os:admin. */
  readonly mayReadSecrets: () => boolean;
  /** The clock of a node was set, or it has booted. */
  readonly onClockSet: () => void;
  readonly onSeen: (node: string, seen: NodeSeen) => void;
  /** `state`: show it at once. `facts`: soon. `age`: when something else is shown. */
  readonly onChange: (what: 'state' | 'facts' | 'age') => void;
}

/** All nodes of one cluster: some are watched, the others asked in turns, for as long as somebody looks. */
export class NodesHealth {
  readonly #options: NodesHealthOptions;
  readonly #entries = new Map<string, NodeEntry>();
  readonly #watched = new Map<string, WatchedNode>();
  readonly #plan: ProbePlan;
  readonly #texts = new StatusTexts();
  #inView: readonly string[] = [];
  #mustChoose = false;
  #stop: AbortController | undefined;

  constructor(options: NodesHealthOptions) {
    this.#options = options;
    this.#plan = new ProbePlan(options.random);
  }

  get entries(): readonly NodeEntry[] {
    return [...this.#entries.values()];
  }

  start(): void {
    this.#stop ??= new AbortController();
    this.#choose();
  }

  /** Nothing is asked any more; what is known stays, and grows old. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    for (const watched of this.#watched.values()) watched.close();
    this.#watched.clear();
  }

  /** These are in view now. */
  look(nodes: readonly string[]): void {
    this.#inView = nodes;
    if (this.#options.isHeld()) this.#mustChoose = true;
    else this.#choose();
  }

  /** The machines as discovery has them now. */
  setNodes({ nodes }: Pick<NodesState, 'nodes'>): void {
    const { clock, onChange } = this.#options;
    const listed = new Set(nodes.map(({ target }) => target));
    let hasChanged = false;
    for (const target of [...this.#entries.keys()]) {
      if (listed.has(target)) continue;
      this.#entries.delete(target);
      hasChanged = true;
    }
    for (const summary of nodes) {
      const known = this.#entries.get(summary.target);
      const entry = known ?? new NodeEntry(summary, { now: clock.now, onChange });
      if (known === undefined) this.#entries.set(summary.target, entry);
      hasChanged ||= known?.summary.role !== summary.role || known.summary.hostname !== summary.hostname;
      entry.summary = summary;
      entry.fed(summary.seen);
    }
    if (!hasChanged) return;
    this.#choose();
    onChange('state');
  }

  /** Called four times a second while somebody looks. */
  tick(): void {
    const stop = this.#stop;
    if (stop === undefined) return;
    if (this.#mustChoose) this.#choose();
    const watched = [...this.#watched.values()];
    for (const node of watched) node.tick();
    if (!watched.some(({ isFirst }) => isFirst)) {
      const partial = watched.filter(({ isPartial }) => isPartial);
      for (const node of partial.slice(0, MOST_GO_ON)) node.goOn();
    }
    for (const node of this.#plan.due(this.#options.clock.monotonic())) void this.#probe(node, stop.signal);
  }

  /** Everything is asked again with the next ticks. */
  refresh(): void {
    for (const watched of this.#watched.values()) watched.refresh();
    this.#plan.refresh(this.#options.clock.monotonic());
  }

  #choose(): void {
    this.#mustChoose = false;
    if (this.#stop === undefined) return;
    const { onChange: _onChange, ...shared } = this.#options;
    const choosable = this.entries.map(({ node, summary: { role } }) => ({ node, role }));
    const wanted = watchedNodes(choosable, this.#inView);
    for (const [node, watched] of this.#watched) {
      if (wanted.has(node) && this.#entries.has(node)) continue;
      watched.close();
      this.#watched.delete(node);
    }
    const inView = new Set(this.#inView);
    for (const node of wanted) {
      const entry = this.#entries.get(node);
      if (entry === undefined) continue;
      const watched = this.#watched.get(node) ?? new WatchedNode({ ...shared, entry });
      watched.isInView = inView.has(node);
      this.#watched.set(node, watched);
    }
    const others = this.entries.filter(({ isWatched }) => !isWatched).map(({ node }) => node);
    this.#plan.setNodes(others, this.#options.clock.monotonic());
  }

  async #probe(node: string, signal: AbortSignal): Promise<void> {
    const { connection, clock, onSeen } = this.#options;
    const entry = this.#entries.get(node);
    let seen: NodeSeen | undefined;
    try {
      if (entry !== undefined) seen = await probeNode(entry, connection(), { clock, texts: this.#texts, signal });
    } catch {
      // The cluster cannot be called at the moment; the node is asked again in its turn.
    }
    if (seen !== undefined && !signal.aborted) onSeen(node, seen);
    this.#plan.ended(node, entry?.record.condition === 'well', clock.monotonic());
  }
}
