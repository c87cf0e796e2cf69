import type { Clock } from '../lib/clock.ts';
import type { Link, LinkEnd, LinkListener } from './link.ts';

/** What the bulk connection of an endpoint is made with. */
export interface BulkOptions {
  readonly clock: Clock;
  readonly idleAfterMs: number;
  readonly open: (listener: LinkListener) => Link;
}

/**
 * The second connection of an endpoint, with a large window, for transfers. Made on demand, shared by transfers, closed
 * when none ran for a while. Kept apart so that a paused transfer holds no memory of the calls' connection and a running
 * one does not stand in their way.
 */
export class BulkConnection {
  readonly #options: BulkOptions;
  #link: Link | undefined;
  #ready: Promise<Link | LinkEnd | undefined> | undefined;
  #giveUp: (() => void) | undefined;
  #users = 0;
  #closed = false;
  #cancelIdle: (() => void) | undefined;

  constructor(options: BulkOptions) {
    this.#options = options;
  }

  /** The connection once it is up, how it failed, or undefined if it was given up. Pair each with `done`. */
  use(): Promise<Link | LinkEnd | undefined> | undefined {
    this.#users += 1;
    if (this.#closed) return undefined;
    this.#cancelIdle?.();
    this.#ready ??= this.#open();
    return this.#ready;
  }

  /** A transfer is over, or never began. */
  done(): void {
    this.#users -= 1;
    if (this.#users > 0 || !this.#link) return;
    this.#cancelIdle = this.#options.clock.after(this.#options.idleAfterMs, () => {
      this.release();
    });
  }

  /** Takes no new transfers; those running may finish. The next `use` makes a new connection. */
  release(): void {
    this.#forget()?.release();
  }

  /** It answers nobody: transfers end as lost. */
  abandon(): void {
    this.#forget()?.abandon();
  }

  /** Ends everything now. */
  destroy(): void {
    this.#closed = true;
    this.#forget()?.destroy();
  }

  #open(): Promise<Link | LinkEnd | undefined> {
    const { promise, resolve } = Promise.withResolvers<Link | LinkEnd | undefined>();
    const link: Link = this.#options.open({
      onReady: () => {
        resolve(link);
      },
      onPeer: () => undefined,
      onEnd: (end) => {
        if (link === this.#link) this.#forget();
        resolve(end);
      },
    });
    this.#link = link;
    // A link that is released while it connects reports nothing any more.
    this.#giveUp = () => {
      resolve(undefined);
    };
    return promise;
  }

  #forget(): Link | undefined {
    const link = this.#link;
    this.#link = undefined;
    this.#ready = undefined;
    this.#giveUp?.();
    this.#cancelIdle?.();
    return link;
  }
}
