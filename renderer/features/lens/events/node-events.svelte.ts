import type { Failure, LensEvent, LensItem, LensSourceState } from '../../../../preload/contract/index.ts';
import type { Client } from '../../../lib/bridge.ts';
import { paced } from '../../../lib/paced.ts';
import { toFailure } from '../../../lib/operation-failed.ts';
import { eventMs } from '../../../lens/worker/event-words.ts';

/** An event and when it happened, by its id. */
export interface TimedEvent {
  readonly atMs: number;
  readonly event: LensEvent;
}

/** Most events of a node that are held; of more, the newest. Talos itself keeps no more than a thousand. */
const MOST_EVENTS = 2_000;

/** What one node tells of itself, what it still has of before and what comes. Whoever makes one stops it. */
export class NodeEvents {
  readonly #stop = new AbortController();
  readonly #byId = new Map<string, TimedEvent>();
  readonly #changeSoon: () => void;
  #revision = $state(0);
  #state = $state.raw<LensSourceState | undefined>();
  #failure = $state.raw<Failure | undefined>();

  constructor(client: Client, context: string, node: string) {
    this.#changeSoon = paced(
      (run) => requestAnimationFrame(run),
      () => (this.#revision += 1),
    );
    void this.#collect(client, context, node);
  }

  /** Oldest first. */
  readonly all: readonly TimedEvent[] = $derived.by(() => {
    void this.#revision;
    return [...this.#byId.values()].sort((a, b) => a.atMs - b.atMs || (a.event.id < b.event.id ? -1 : 1));
  });

  /** How the stream is; undefined before anything was heard of it. */
  get state(): LensSourceState | undefined {
    return this.#state;
  }

  /** Why there is no stream at all. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #collect(client: Client, context: string, node: string): Promise<void> {
    const wish = { context, sources: [{ kind: 'events' as const, node }], follow: true, tail: -1 };
    try {
      for await (const { items } of client.open('lens', wish, { signal: this.#stop.signal })) {
        for (const item of items) this.#take(item);
      }
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    }
  }

  #take(item: LensItem): void {
    if (item.type === 'state') this.#state = item;
    if (item.type !== 'events') return;
    // An event that is told again after a break is the same one.
    for (const event of item.events) this.#byId.set(event.id, { atMs: eventMs(event.id, item.atMs), event });
    const tooMany = this.#byId.size - MOST_EVENTS;
    if (tooMany > 0) for (const id of [...this.#byId.keys()].slice(0, tooMany)) this.#byId.delete(id);
    this.#changeSoon();
  }
}
