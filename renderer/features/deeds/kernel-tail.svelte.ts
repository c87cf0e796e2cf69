import type { LensItem } from '../../../preload/contract/index.ts';
import type { LogLine } from '../../components/log-view.ts';
import type { Client } from '../../lib/bridge.ts';
import { formatClock } from '../../lib/format.ts';
import { toFailure } from '../../lib/operation-failed.ts';

/** Lines that are kept; the oldest go. */
const MOST_LINES = 200;
const MOST_CHARACTERS = 500;

/** The newest lines of the kernel log of a machine while something is done to it, through whichever endpoint still leads there. */
export class KernelTail {
  #log = $state.raw<{ readonly lines: readonly LogLine[] }>({ lines: [] });
  /** Since when nothing comes, and why; undefined while the log is followed. */
  #silent = $state.raw<{ readonly sinceMs: number; readonly why: string } | undefined>();
  #count = 0;
  #newestMs: number | undefined;
  readonly #end = new AbortController();

  /** Follows until {@link close}. */
  constructor(client: Client, context: string, node: string) {
    void this.#follow(client, context, node);
  }

  get log(): { readonly lines: readonly LogLine[] } {
    return this.#log;
  }

  /** `No log since 14:02:11: …`; undefined while the log is followed. */
  silentWords(nowMs: number): string | undefined {
    if (this.#silent === undefined) return undefined;
    return `No log since ${formatClock(this.#silent.sinceMs, nowMs)}: ${this.#silent.why}`;
  }

  close(): void {
    this.#end.abort();
  }

  async #follow(client: Client, context: string, node: string): Promise<void> {
    const sources = [{ kind: 'kernel' as const, node }];
    // Of before only what the ring of the kernel still has, and of that the newest.
    const wish = { context, sources, follow: true, tail: MOST_LINES };
    try {
      for await (const { items } of client.open('lens', wish, { signal: this.#end.signal })) {
        for (const item of items) this.#take(item);
      }
      if (!this.#end.signal.aborted) this.#isSilent(undefined, 'it has ended.');
    } catch (thrown) {
      if (!this.#end.signal.aborted) this.#isSilent(undefined, toFailure(thrown).message);
    }
  }

  #take(item: LensItem): void {
    switch (item.type) {
      case 'lines':
        this.#newestMs = item.atMs;
        this.#silent = undefined;
        this.#add(item.text.split('\n'), false);
        return;
      case 'dropped':
        this.#add(['Some lines are missing here: they came faster than they could be shown.'], true);
        return;
      case 'gap':
        if (item.missing !== 'nothing')
          this.#add([item.missing === 'restarted' ? 'It has started anew.' : 'Lines may be missing here.'], true);
        return;
      case 'state':
        if (item.state === 'silent' || item.state === 'away' || item.state === 'failed')
          this.#isSilent(item.sinceMs, item.failure.message);
        else if (item.state === 'open') this.#silent = undefined;
        return;
      case 'opened':
      case 'events':
    }
  }

  #isSilent(sinceMs: number | undefined, why: string): void {
    this.#silent = { sinceMs: sinceMs ?? this.#newestMs ?? Date.now(), why };
  }

  #add(texts: readonly string[], isMark: boolean): void {
    const lines = texts.slice(-MOST_LINES).map((text): LogLine => {
      this.#count += 1;
      return { number: this.#count, text: text.slice(0, MOST_CHARACTERS), isMark };
    });
    this.#log = { lines: [...this.#log.lines, ...lines].slice(-MOST_LINES) };
  }
}
