import type { DesktopRequest } from '../../preload/contract/index.ts';
import { untilAborted } from '../lib/until-aborted.ts';

/** Most requests kept while no page reads them; the oldest go. */
const MOST_WAITING = 20;

/** A request and the window that it is meant for; undefined: there was none yet. */
interface Waiting {
  readonly windowId: number | undefined;
  readonly request: DesktopRequest;
}

/** What the user asks for outside the page, kept until the page of the window that is meant reads it: that may still be loading. */
export class PageRequests {
  readonly #meant: () => number | undefined;
  readonly #wakes = new Set<() => void>();
  #waiting: readonly Waiting[] = [];

  /**
   * `meant` says which window a request is for that names none; undefined while there is none yet. What was asked before there is any is for
   * the one that is meant when the first page reads.
   */
  constructor(meant: () => number | undefined) {
    this.#meant = meant;
  }

  /** To one window, else to the one that is meant now. */
  send(request: DesktopRequest, windowId = this.#meant()): void {
    this.#waiting = [...this.#waiting, { windowId, request }].slice(-MOST_WAITING);
    for (const wake of [...this.#wakes]) wake();
  }

  /** Each request for a window once, until the signal aborts. */
  async *follow(windowId: number, signal: AbortSignal): AsyncGenerator<DesktopRequest, void, undefined> {
    this.#waiting = this.#waiting.map((one) => ({ ...one, windowId: one.windowId ?? this.#meant() }));
    while (!signal.aborted) {
      const next = this.#waiting.find((one) => one.windowId === windowId);
      if (next !== undefined) {
        this.#waiting = this.#waiting.filter((one) => one !== next);
        yield next.request;
        continue;
      }
      let wake: (() => void) | undefined;
      await untilAborted(signal, (resolve) => {
        wake = resolve;
        this.#wakes.add(resolve);
      });
      if (wake !== undefined) this.#wakes.delete(wake);
    }
  }

  /** A window was closed: what was meant for it is done nowhere. */
  forget(windowId: number): void {
    this.#waiting = this.#waiting.filter((one) => one.windowId !== windowId);
  }
}
