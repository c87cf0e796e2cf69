import type { TimeRange } from './chart-model.ts';

/** Between the drawings of two charts: all at once would hold up a frame. */
const BETWEEN_MS = 60;

let lastKey = 0;

/** Charts that share time axis and crosshair, and take turns in drawing. One per page of charts. */
export class ChartGroup {
  /** Names the group to the library. */
  readonly key = `charts-${(lastKey += 1)}`;
  #zoom = $state.raw<TimeRange | undefined>();
  #waiting = new Set<() => void>();
  #isDrawing = false;

  /** What was zoomed into; undefined shows what the page shows. */
  get zoom(): TimeRange | undefined {
    return this.#zoom;
  }

  /** Zooms all charts of the group; undefined ends it. */
  zoomTo(range: TimeRange | undefined): void {
    this.#zoom = range;
  }

  /** Draws when it is this chart's turn; asked again before that, it draws once. */
  drawSoon(draw: () => void): void {
    this.#waiting.add(draw);
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    setTimeout(() => this.#next(), 0);
  }

  /** The chart is gone. */
  forget(draw: () => void): void {
    this.#waiting.delete(draw);
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined) {
      this.#isDrawing = false;
      return;
    }
    requestAnimationFrame(() => {
      // It may have gone while its frame was under way.
      if (this.#waiting.delete(first)) first();
      setTimeout(() => this.#next(), BETWEEN_MS);
    });
  }
}
