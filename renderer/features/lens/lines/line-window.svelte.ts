import type { LensRows, LensView } from '../../../lens/protocol.ts';
import { isAtEnd, LINE_PX, rowPlace, scrollTopFor, type Scrolled } from './row-place.ts';

/** Rows asked for above and below what is seen. */
const SPARE_ROWS = 40;
/** Nobody scrolls while following: all of them would be drawn anew with every line. */
const SPARE_FOLLOWING = 2;
/** While lines race by, the scroll bar is brought up to date so often: another height lays all of the list out anew. */
const EXTENT_EVERY_MS = 500;

/** A line that stays where it is, however many come above it. */
interface Anchor {
  readonly line: number;
  /** Rows from the top edge down to it, with the fraction that is above the edge. */
  readonly belowTop: number;
}

/**
 * Which part of a list of lines is seen: it asks for those rows, and says where to scroll when rows come above or the oldest
 * go. Following keeps the last one in sight; whoever scrolls up stops that.
 */
export class LineWindow {
  readonly #ask: (view: LensView) => void;
  readonly #after: (ms: number, run: () => void) => void;
  #rows = $state.raw<LensRows | undefined>();
  #viewportPx = $state(400);
  #top = $state(0);
  #isFollowing = $state(true);
  #extent = $state(0);
  #isRacing = $state(false);
  /** The height of the list is looked at again soon. */
  #isWaiting = false;
  #anchor: Anchor | undefined;
  /** Where among the rows asked for last the anchor is to be. */
  #below = 0;

  /** `after` calls back once, after so many ms. */
  constructor(ask: (view: LensView) => void, after = (ms: number, run: () => void): void => void setTimeout(run, ms)) {
    this.#ask = ask;
    this.#after = after;
  }

  /** The rows that came last. */
  get rows(): LensRows | undefined {
    return this.#rows;
  }

  get count(): number {
    return this.#rows?.total ?? 0;
  }

  /** Lines that the height of the list stands for: {@link count}, which it may lag behind while the end is followed. */
  get extent(): number {
    return this.#extent;
  }

  /** Lines come so fast that where a row stands is no longer true when it has been drawn: what is said of it can wait. */
  get isRacing(): boolean {
    return this.#isRacing;
  }

  /** The row at the top edge; its fraction is the share that is above it. */
  get top(): number {
    return this.#top;
  }

  /** Rows that have room. */
  get shown(): number {
    return Math.max(1, Math.floor(this.#viewportPx / LINE_PX));
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  /** Where the scroller is to be, in px. */
  get scrollTopPx(): number {
    const top = this.#isFollowing ? this.#extent : this.#top;
    return scrollTopFor(top, { count: this.#extent, viewportPx: this.#viewportPx });
  }

  /** What is seen has so much room now. Also asks for the first rows. */
  resize(viewportPx: number): void {
    this.#viewportPx = viewportPx;
    if (this.#isFollowing) this.#top = this.#lastTop();
    this.#askAgain();
  }

  /** New rows, which may stand elsewhere than those before. */
  take(rows: LensRows): void {
    this.#rows = rows;
    this.#fitExtent();
    if (this.#isFollowing) {
      this.#top = this.#lastTop();
    } else if (this.#anchor) {
      const { line, belowTop } = this.#anchor;
      const at = rows.rows.findIndex((row) => row.line === line);
      // One that is no longer shown has left its place to the one after it.
      const isLost = at < 0 && !rows.isElsewhere;
      if (!isLost) this.#top = this.#within(rows.first + (at < 0 ? this.#below : at) - belowTop);
    } else {
      this.#top = this.#within(this.#top);
    }
  }

  /** The user scrolled. */
  scrolled(scrollTopPx: number): void {
    const scrolled: Scrolled = { count: this.#extent, scrollTopPx, viewportPx: this.#viewportPx };
    const { top } = rowPlace(scrolled);
    // A step up from the end is told from there: lines came since the height of the list was set.
    const isNearEnd = top >= this.#extent - 2 * (this.#viewportPx / LINE_PX);
    this.#top = this.#within(isNearEnd ? top + this.count - this.#extent : top);
    this.#isFollowing = isAtEnd(scrolled);
    this.#anchor = undefined;
    this.#fitExtent();
    this.#askAgain();
  }

  /** Scrolling is over: what is seen stays, whatever comes above it. A line that was gone to stays anyway. */
  settle(): void {
    if (this.#isFollowing || this.#anchor) return;
    const { rows = [], first = 0 } = this.#rows ?? {};
    const at = Math.ceil(this.#top);
    const line = rows[at - first]?.line;
    if (line === undefined) return;
    this.#anchor = { line, belowTop: at - this.#top };
    this.#askAgain();
  }

  /** Keeps the end in sight from now on. */
  follow(): void {
    this.#isFollowing = true;
    this.#anchor = undefined;
    this.#top = this.#lastTop();
    this.#extent = this.count;
    this.#askAgain();
  }

  /** Stays where it is from now on. */
  pause(): void {
    if (!this.#isFollowing) return;
    this.#isFollowing = false;
    this.#fitExtent();
    this.settle();
  }

  /** Brings a line into sight, in the middle if it is not seen already. */
  show(line: number, row: number): void {
    const isSeen = row >= this.#top && row + 1 <= this.#top + this.#viewportPx / LINE_PX;
    const isLoaded = this.#rows?.rows[row - this.#rows.first]?.line === line;
    const top = isSeen && isLoaded ? this.#top : row - this.#viewportPx / LINE_PX / 2 + 0.5;
    this.#isFollowing = false;
    this.#fitExtent();
    this.#top = this.#within(top);
    this.#anchor = { line, belowTop: row - this.#top };
    this.#askAgain();
  }

  /** Brings a row to the top edge. */
  showRow(row: number): void {
    this.#isFollowing = false;
    this.#fitExtent();
    this.#anchor = undefined;
    this.#top = this.#within(row);
    this.#askAgain();
  }

  /** While the end is followed, at once for the first lines, then so often as long as more of them come. */
  #fitExtent(): void {
    if (!this.#isFollowing) this.#isRacing = false;
    else if (this.#isWaiting || this.#extent === this.count) return;
    else this.#lookAgain();
    this.#extent = this.count;
  }

  #lookAgain(): void {
    this.#isWaiting = true;
    this.#after(EXTENT_EVERY_MS, () => {
      this.#isWaiting = false;
      this.#isRacing = this.#isFollowing && this.#extent !== this.count;
      if (this.#isRacing) this.#lookAgain();
      this.#extent = this.count;
    });
  }

  #lastTop(): number {
    return Math.max(0, this.count - this.#viewportPx / LINE_PX);
  }

  #within(top: number): number {
    return Math.max(0, Math.min(this.#lastTop(), top));
  }

  #askAgain(): void {
    const spare = this.#isFollowing ? SPARE_FOLLOWING : SPARE_ROWS;
    const count = Math.ceil(this.#viewportPx / LINE_PX) + 2 * spare;
    const first = Math.max(0, Math.floor(this.#top) - SPARE_ROWS);
    if (this.#isFollowing) this.#ask({ at: 'end', count });
    else if (this.#anchor) {
      this.#below = Math.max(0, Math.round(this.#top + this.#anchor.belowTop) - first);
      this.#ask({ at: 'line', line: this.#anchor.line, below: this.#below, count });
    } else this.#ask({ at: 'row', row: first, count });
  }
}
