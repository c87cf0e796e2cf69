import type { DesktopRequest } from '../../preload/contract/index.ts';
import { untilAborted } from '../lib/until-aborted.ts';

/** Most requests kept while no page reads them; the oldest go. */
const MOST_WAITING = 20;

/** What the user asks for outside the page, kept until a page reads it: a file may be opened before the window is there. */
export class PageRequests {
  #waiting: DesktopRequest[] = [];
  #wake: (() => void) | undefined;

  send(request: DesktopRequest): void {
    this.#waiting = [...this.#waiting, request].slice(-MOST_WAITING);
    this.#wake?.();
  }

  /** Each request once, to whoever reads first, until the signal aborts. */
  async *follow(signal: AbortSignal): AsyncGenerator<DesktopRequest, void, undefined> {
    while (!signal.aborted) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        await untilAborted(signal, (resolve) => {
          this.#wake = resolve;
        });
      } else {
        yield next;
      }
    }
  }
}
