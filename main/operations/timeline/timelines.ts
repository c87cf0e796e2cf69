import type {
  AttentionState,
  ContextSummary,
  DeedsState,
  NodesState,
  PoolStatus,
  TimelineEntry,
  WatchItem,
} from '../../../preload/contract/index.ts';
import type { Clock } from '../../lib/clock.ts';
import { Failed } from '../../lib/failed.ts';
import type { Observable } from '../../lib/observable.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type { Cluster } from '../clusters/cluster.ts';
import { deedPlace, wasDoneTo } from '../plans/deed-place.ts';
import { Backlog } from '../work/buffers/backlog.ts';
import { NewestByKey } from '../work/buffers/newest-by-key.ts';
import { recordAttention } from './record-attention.ts';
import { deedRecorder } from './record-deeds.ts';
import { recordEndpoints } from './record-endpoints.ts';
import { recordNodes } from './record-nodes.ts';
import { resourceRecorder } from './record-resources.ts';
import { Timeline } from './timeline.ts';

/** What {@link Timelines} work with. */
export interface TimelinesOptions {
  /** The cluster of a context. Throws Failed. */
  readonly cluster: (context: string) => Cluster;
  /** All that are known. */
  readonly contexts: () => readonly Pick<ContextSummary, 'id' | 'name' | 'file' | 'certificate' | 'caFingerprints'>[];
  /** What is done to clusters. */
  readonly deeds: Observable<DeedsState>;
  readonly clock: Clock;
}

/**
 * What happened to each cluster in this session (docs/adr/0033). They listen in on what is shown anyway: nothing is asked of a
 * node for their sake.
 */
export class Timelines {
  readonly #options: TimelinesOptions;
  readonly #known = new WeakMap<Cluster, Timeline>();
  readonly #deedsOf = new WeakMap<Timeline, ReturnType<typeof deedRecorder>>();
  readonly #startedAtMs: number;
  readonly #stopDeeds: () => void;

  constructor(options: TimelinesOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.now();
    this.#stopDeeds = options.deeds.subscribe((state) => this.#recordDeeds(state));
  }

  /** Listens to no deeds any more. */
  close(): void {
    this.#stopDeeds();
  }

  /** The time line of a context's cluster. Throws Failed. */
  of(context: string): Timeline {
    const cluster = this.#options.cluster(context);
    const timeline = this.#known.get(cluster) ?? new Timeline();
    this.#known.set(cluster, timeline);
    return timeline;
  }

  /** The same endpoints, nodes or attention list; whoever looks at them, the time line does, too. */
  overheard(of: 'endpoints', state: Observable<PoolStatus>): Observable<PoolStatus>;
  overheard(of: 'nodes', state: Observable<NodesState>): Observable<NodesState>;
  overheard(of: 'attention', state: Observable<AttentionState>): Observable<AttentionState>;
  overheard<T extends PoolStatus | NodesState | AttentionState>(of: string, state: Observable<T>): Observable<T> {
    const record = (value: PoolStatus | NodesState | AttentionState): void => {
      const timeline = this.#find(value.context);
      if (timeline === undefined) return;
      if (of === 'endpoints') recordEndpoints(timeline, value as PoolStatus, this.#options.clock.now());
      else if (of === 'nodes') recordNodes(timeline, value as NodesState);
      else recordAttention(timeline, value as AttentionState);
    };
    return {
      get current() {
        return state.current;
      },
      subscribe: (listener) => {
        record(state.current);
        return state.subscribe((value) => {
          record(value);
          listener(value);
        });
      },
    };
  }

  /** The same watch of a context; what it brings is told here, too. */
  async *heard(context: string, items: AsyncIterable<WatchItem>): AsyncGenerator<WatchItem, void, undefined> {
    const record = resourceRecorder(this.of(context), this.#options.clock.now);
    for await (const item of items) {
      record(item);
      yield item;
    }
  }

  /** What is known, then each new entry and those that end, until `signal` aborts. */
  async *stream(context: string, signal: AbortSignal): AsyncGenerator<TimelineEntry, void, undefined> {
    const timeline = this.of(context);
    const items = new Backlog<TimelineEntry>(new NewestByKey());
    const push = (entry: TimelineEntry): void => items.push(entry, 1, String(entry.number));
    for (const entry of timeline.entries) push(entry);
    const stop = timeline.subscribe(push);
    void untilAborted(signal, () => undefined).then(() => items.end());
    try {
      yield* items;
    } finally {
      stop();
    }
  }

  /** Those of this session: what was done before it stands in the journal. */
  #recordDeeds({ deeds = [] }: DeedsState): void {
    const ofNow = deeds.filter(({ atMs }) => atMs >= this.#startedAtMs);
    if (ofNow.length === 0) return;
    for (const context of this.#options.contexts()) {
      const place = deedPlace(context);
      const own = ofNow.filter((deed) => wasDoneTo(deed, place));
      const timeline = own.length === 0 ? undefined : this.#find(context.id);
      if (timeline === undefined) continue;
      const record = this.#deedsOf.get(timeline) ?? deedRecorder(timeline);
      this.#deedsOf.set(timeline, record);
      record(own);
    }
  }

  #find(context: string): Timeline | undefined {
    try {
      return this.of(context);
    } catch (error) {
      if (error instanceof Failed) return undefined;
      throw error;
    }
  }
}
