import type { KubeconfigState } from '../../../preload/contract/index.ts';
import { watchFile, type FileWatch } from '../../files/watch.ts';
import type { Clock } from '../../lib/clock.ts';
import { Value, type Observable } from '../../lib/observable.ts';

/** What a {@link WatchedState} is made of. */
export interface WatchedStateOptions {
  readonly clock: Clock;
  /** Reads everything anew. Never rejects. */
  readonly read: () => Promise<KubeconfigState>;
  /** The files to watch, as of now, and whether each could be read. */
  readonly files: () => ReadonlyMap<string, boolean>;
  /** Calls back when the Talos contexts changed, until the returned function is called. */
  readonly onTalosChange: (listener: () => void) => () => void;
}

/** The kubeconfig state: read and watched while somebody looks. */
export class WatchedState implements Observable<KubeconfigState> {
  readonly #options: WatchedStateOptions;
  readonly #value: Value<KubeconfigState>;
  readonly #watches = new Map<string, FileWatch>();
  #stopFollowing: (() => void) | undefined;
  #reading: Promise<void> | undefined;
  #isStale = false;

  constructor(options: WatchedStateOptions) {
    this.#options = options;
    this.#value = new Value<KubeconfigState>({
      files: [],
      needsTarget: false,
      contexts: [],
      currentContext: '',
      readAtMs: 0,
    });
  }

  get current(): KubeconfigState {
    return this.#value.current;
  }

  subscribe(listener: (state: KubeconfigState) => void): () => void {
    const stop = this.#value.subscribe(listener);
    if (this.#value.listenerCount === 1) {
      this.#stopFollowing = this.#options.onTalosChange(() => void this.refresh());
      void this.refresh();
    }
    return () => {
      stop();
      if (this.#value.listenerCount === 0) this.close();
    };
  }

  /** Reads now; resolves when the result is published. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#reading ??= this.#readUntilFresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Stops watching. A later subscriber starts it again. */
  close(): void {
    this.#stopFollowing?.();
    this.#stopFollowing = undefined;
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
  }

  async #readUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      const state = await this.#options.read();
      this.#follow();
      this.#value.set(state);
    }
  }

  /** Watches exactly the files that are known now, while somebody looks. */
  #follow(): void {
    const wanted = this.#value.listenerCount > 0 ? this.#options.files() : new Map<string, boolean>();
    for (const [path, watch] of this.#watches) {
      if (wanted.has(path)) continue;
      watch.close();
      this.#watches.delete(path);
    }
    for (const [path, isReadable] of wanted) {
      const onChange = (): void => void this.refresh();
      const watch = this.#watches.get(path) ?? watchFile({ path, clock: this.#options.clock, onChange });
      this.#watches.set(path, watch);
      if (!isReadable) watch.couldNotRead();
    }
  }
}
