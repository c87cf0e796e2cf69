import type { Clock } from '../../lib/clock.ts';

/** What works in the background goes on for one step after this, however long the user waits for something else. */
const MOST_HELD_MS = 2_000;

/**
 * What the user waits for goes first: meanwhile nothing new is begun that only keeps a picture up to date. It would ask the
 * same nodes over the same connections, and its work would be done by the same thread.
 */
export class Foreground {
  #waited = 0;

  /** The user waits for something until the returned function is called. */
  begin(): () => void {
    this.#waited += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.#waited -= 1;
      isOver = true;
    };
  }

  /** Whether the user waits for something. */
  get isBusy(): boolean {
    return this.#waited > 0;
  }

  /**
   * For work in steps in the background: whether this step is to be left out. Of a user who waits for ever it hears once in
   * two seconds that it may go on.
   */
  holding(clock: Pick<Clock, 'monotonic'>): () => boolean {
    let wentOnAtMs = -Infinity;
    return () => {
      const nowMs = clock.monotonic();
      if (this.isBusy && nowMs - wentOnAtMs < MOST_HELD_MS) return true;
      wentOnAtMs = nowMs;
      return false;
    };
  }
}
