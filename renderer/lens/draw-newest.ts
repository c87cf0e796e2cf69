import type { LensListener } from './client.ts';
import type { LensMinimap, LensRows, LensState } from './protocol.ts';

/** After drawing rows the page rests so many times as long as that took, so that it comes to all else. */
const REST = 3;

/** What is to be drawn. */
interface News {
  readonly state?: LensState;
  readonly rows?: LensRows;
  readonly minimap?: LensMinimap;
}

/** Who draws, and when. */
interface Drawing {
  readonly listener: Pick<LensListener, 'onState' | 'onRows' | 'onMinimap'>;
  /** Calls once before the page is drawn next. */
  readonly beforeFrame: (run: () => void) => void;
  /** Monotonic, ms. */
  readonly now: () => number;
  readonly isOver: () => boolean;
  /** Rows have been drawn, and others may come. */
  readonly onRested: () => void;
}

/** Takes what a worker tells and draws it with the next frame: of what came since the last one, of each kind the newest. */
export function drawNewest({ listener, beforeFrame, now, isOver, onRested }: Drawing): (news: News) => void {
  let came: News = {};
  let isDue = false;

  function frame(): void {
    isDue = false;
    const { state, rows, minimap } = came;
    came = {};
    if (isOver()) return;
    const begunMs = now();
    if (rows) listener.onRows(rows);
    if (state) listener.onState(state);
    if (minimap) listener.onMinimap(minimap);
    // The browser has laid out and painted when the next task begins.
    if (rows) setTimeout(() => setTimeout(onRested, REST * (now() - begunMs)));
  }

  return (news) => {
    came = { ...came, ...news };
    if (isDue) return;
    isDue = true;
    beforeFrame(frame);
  };
}
