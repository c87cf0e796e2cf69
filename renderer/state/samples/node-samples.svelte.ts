import {
  METRICS,
  SampleRing,
  type Failure,
  type Metric,
  type SampleItem,
  type StreamParams,
} from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { toFailure } from '../../lib/operation-failed.ts';
import type { NextFrame } from '../run.svelte.ts';

/** The last list of processes of the node that was asked for. */
export type ListedProcesses = Extract<SampleItem, { type: 'processes' }>;

/** Nothing could be measured of a node since then, and why. */
export interface MissingSamples {
  readonly sinceMs: number;
  readonly failure: Failure;
}

/** What samples are asked with. */
export interface SamplesOptions {
  readonly client: Client;
  readonly request: StreamParams<'samples'>;
  readonly nextFrame?: NextFrame;
}

/** Nodes answer one after the other: what they tell is shown together, once in nearly an interval … */
const SHOWN_INTERVALS = 0.9;
/** … but soon while some have told nothing yet. */
const SHOWN_FIRST_MS = 200;

/**
 * How busy some nodes are: the last hour in rings of numbers (0.4 MiB for each node at most), measured on until `stop`. Only a
 * revision is reactive; it moves once in an interval, since whatever shows it is drawn anew each time, and at once when a node ceases
 * to answer or answers again. Used by every screen with charts; whoever makes one stops it.
 */
export class NodeSamples {
  readonly request: StreamParams<'samples'>;
  readonly #client: Client;
  readonly #nextFrame: NextFrame;
  readonly #stop = new AbortController();
  readonly #rings = new Map<string, SampleRing>();
  readonly #missing = new Map<string, MissingSamples>();
  #processes: ListedProcesses | undefined;
  #failure: Failure | undefined;
  #revision = $state(0);
  #isFramePending = false;
  #shownAtMs = -Infinity;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor({ client, request, nextFrame = (run) => requestAnimationFrame(run) }: SamplesOptions) {
    this.request = request;
    this.#client = client;
    this.#nextFrame = nextFrame;
    for (const node of request.nodes) this.#rings.set(node, new SampleRing());
    void this.#collect();
  }

  /** Moves whenever something came. */
  get revision(): number {
    return this.#revision;
  }

  /** Why nothing is measured any more. */
  get failure(): Failure | undefined {
    void this.#revision;
    return this.#failure;
  }

  get processes(): ListedProcesses | undefined {
    void this.#revision;
    return this.#processes;
  }

  /** Nodes of which nothing comes. */
  get missing(): ReadonlyMap<string, MissingSamples> {
    void this.#revision;
    return this.#missing;
  }

  /** When the newest sample of any node was taken. */
  get lastAtMs(): number | undefined {
    void this.#revision;
    const all = [...this.#rings.values()].flatMap(({ lastAtMs }) => lastAtMs ?? []);
    return all.length === 0 ? undefined : Math.max(...all);
  }

  /** The samples of a node; changes without telling, see {@link revision}. */
  ringOf(node: string): SampleRing | undefined {
    return this.#rings.get(node);
  }

  /** The newest value of a node; undefined when there is none. */
  latest(node: string, metric: Metric): number | undefined {
    void this.#revision;
    const ring = this.#rings.get(node);
    const [last] = ring?.slice(ring.count - 1, 1) ?? [];
    return last?.values[METRICS.indexOf(metric)] ?? undefined;
  }

  stop(): void {
    this.#stop.abort();
    clearTimeout(this.#waiting);
  }

  async #collect(): Promise<void> {
    try {
      for await (const { items } of this.#client.open('samples', this.request, { signal: this.#stop.signal })) {
        const restMs = this.#restMs();
        const news = items.map((item) => this.#apply(item));
        this.#changeIn(news.includes(true) ? 0 : restMs);
      }
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      this.#changeIn(0);
    }
  }

  /** True for what is shown at once. */
  #apply(item: SampleItem): boolean {
    switch (item.type) {
      case 'samples': {
        const ring = this.#rings.get(item.node);
        for (const sample of item.samples) ring?.add(sample);
        return item.samples.length > 0 && this.#missing.delete(item.node);
      }
      case 'moved':
        this.#rings.get(item.node)?.move(item.byMs);
        return true;
      case 'missing':
        this.#missing.set(item.node, { sinceMs: item.sinceMs, failure: item.failure });
        return true;
      case 'processes':
        this.#processes = item;
        return false;
      default:
        assertNever(item);
    }
  }

  /** How long what came waits for what comes with it. */
  #restMs(): number {
    const hasTold = ([node, { lastAtMs }]: readonly [string, SampleRing]): boolean =>
      lastAtMs !== undefined || this.#missing.has(node);
    const isWhole = [...this.#rings].every(hasTold);
    const everyMs = isWhole ? this.request.everyMs * SHOWN_INTERVALS : SHOWN_FIRST_MS;
    return this.#shownAtMs + everyMs - performance.now();
  }

  #changeIn(restMs: number): void {
    if (this.#isFramePending) return;
    if (restMs > 0) {
      this.#waiting ??= setTimeout(() => this.#changeIn(0), restMs);
      return;
    }
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#isFramePending = true;
    this.#nextFrame(() => {
      this.#isFramePending = false;
      this.#shownAtMs = performance.now();
      this.#revision += 1;
    });
  }
}
