/** Height of a line that is not wrapped. */
export const LINE_PX = 18;

/** Chromium lays nothing out beyond 33,554,428 px; longer lists are scrolled on a smaller scale. */
const MOST_PX = 16_000_000;

/** Lines drawn above and below what is seen, so that scrolling shows no blank. */
const SPARE_LINES = 12;

/** How far a list is scrolled: all in px, but `count`, the lines it has. */
export interface Scrolled {
  readonly count: number;
  readonly scrollTopPx: number;
  readonly viewportPx: number;
}

/** Lines to draw, and which of them stands at the top edge. */
export interface RowPlace {
  readonly first: number;
  /** After the last one. */
  readonly end: number;
  /** The line at the top edge; its fraction is the share that is above it. */
  readonly top: number;
}

/** Height of all that can be scrolled. */
export function listHeightPx(count: number): number {
  return Math.min(count * LINE_PX, MOST_PX);
}

/** Lines that cannot be scrolled out of sight: those of the last viewport. */
const lastTop = (count: number, viewportPx: number): number => Math.max(0, count - viewportPx / LINE_PX);

/** Whether what is seen ends with the last line; half a line of rounding does not matter. */
export function isAtEnd({ count, scrollTopPx, viewportPx }: Scrolled): boolean {
  return scrollTopPx + viewportPx >= listHeightPx(count) - LINE_PX / 2;
}

/** Which lines are seen. */
export function rowPlace(scrolled: Scrolled): RowPlace {
  const { count, scrollTopPx, viewportPx } = scrolled;
  const rangePx = listHeightPx(count) - viewportPx;
  const share = rangePx <= 0 ? 0 : Math.max(0, Math.min(1, scrollTopPx / rangePx));
  const top = share * lastTop(count, viewportPx);
  return {
    top,
    first: Math.max(0, Math.floor(top) - SPARE_LINES),
    end: Math.min(count, Math.ceil(top + viewportPx / LINE_PX) + SPARE_LINES),
  };
}

/** Where to scroll so that line `top`, which may be a fraction, stands at the top edge. */
export function scrollTopFor(top: number, { count, viewportPx }: Omit<Scrolled, 'scrollTopPx'>): number {
  const rangePx = listHeightPx(count) - viewportPx;
  const last = lastTop(count, viewportPx);
  if (rangePx <= 0 || last === 0) return 0;
  return (Math.max(0, Math.min(last, top)) / last) * rangePx;
}
