import { MOST_ENTRIES, type Failure, type TimelineEntry } from '../../../preload/contract/index.ts';
import type { Client } from '../../lib/bridge.ts';
import { toFailure } from '../../lib/operation-failed.ts';

/** What happened to one cluster, as it is told; whoever makes one stops it. */
export class Entries {
  readonly #stop = new AbortController();
  readonly #byNumber = new Map<number, TimelineEntry>();
  #revision = $state(0);
  #isFramePending = false;
  #failure = $state.raw<Failure | undefined>();

  constructor(client: Client, context: string) {
    void this.#collect(client, context);
  }

  /** Newest first. */
  readonly all: readonly TimelineEntry[] = $derived.by(() => {
    void this.#revision;
    return [...this.#byNumber.values()].sort((a, b) => b.atMs - a.atMs || b.number - a.number);
  });

  get failure(): Failure | undefined {
    return this.#failure;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #collect(client: Client, context: string): Promise<void> {
    try {
      for await (const { items } of client.open('timeline', { context }, { signal: this.#stop.signal })) {
        for (const entry of items) this.#byNumber.set(entry.number, entry);
        const tooMany = this.#byNumber.size - MOST_ENTRIES;
        if (tooMany > 0)
          for (const number of [...this.#byNumber.keys()].slice(0, tooMany)) this.#byNumber.delete(number);
        this.#changeSoon();
      }
    } catch (thrown) {
      this.#failure = toFailure(thrown);
    }
  }

  #changeSoon(): void {
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    requestAnimationFrame(() => {
      this.#isFramePending = false;
      this.#revision += 1;
    });
  }
}
