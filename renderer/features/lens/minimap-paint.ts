import type { LensLevel, LensMinimap } from '../../lens/protocol.ts';
import { LENS_LEVELS } from '../../lens/lines/levels.ts';

/** Colours of the theme that is on. */
export interface MinimapColours {
  readonly levels: Readonly<Record<LensLevel, string>>;
  readonly hit: string;
  readonly gap: string;
  readonly mark: string;
}

/** The part of a canvas that is drawn with. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  'clearRect' | 'fillRect' | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'beginPath' | 'moveTo' | 'lineTo' | 'stroke'
>;

/** Room for the ticks of hits above the levels. */
const HITS_PX = 4;
const HATCH_PX = 5;
const LEAST_FRAME_PX = 4;

/** Bars are drawn by the logarithm of what they count: one error among thousands of lines must be seen. */
const heightOf = (count: number, most: number, roomPx: number): number =>
  count === 0 ? 0 : Math.max(2, (Math.log1p(count) / Math.log1p(Math.max(1, most))) * roomPx);

/** Where a moment is, as a share of the width; outside of 0…1 for what is not on the map. */
export function shareOf(atMs: number, { fromMs, toMs }: Pick<LensMinimap, 'fromMs' | 'toMs'>): number {
  return toMs <= fromMs ? 0 : (atMs - fromMs) / (toMs - fromMs);
}

/** Draws levels over time, worst at the bottom, with gaps hatched, hits, and the times of bookmarks. */
export function paintMinimap(
  pen: Pen,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  map: LensMinimap,
  colours: MinimapColours,
  bookmarks: readonly number[],
): void {
  pen.clearRect(0, 0, widthPx, heightPx);
  const barPx = widthPx / Math.max(1, map.buckets.length);
  const most = Math.max(1, ...map.buckets.map((levels) => levels.reduce((sum, count) => sum + count, 0)));
  for (const [index, levels] of map.buckets.entries()) {
    const total = levels.reduce((sum, count) => sum + count, 0);
    const roomPx = heightOf(total, most, heightPx - HITS_PX);
    let bottomPx = heightPx;
    for (const [at, level] of LENS_LEVELS.entries()) {
      const count = levels[at] ?? 0;
      if (count === 0) continue;
      // What is bad is never less than two pixels high, however much else there is.
      const partPx = Math.max(level === 'error' || level === 'fatal' ? 2 : 0, (count / total) * roomPx);
      pen.fillStyle = colours.levels[level];
      pen.fillRect(index * barPx, bottomPx - partPx, Math.max(1, barPx - 0.5), partPx);
      bottomPx -= partPx;
    }
    if ((map.hits[index] ?? 0) > 0) {
      pen.fillStyle = colours.hit;
      pen.fillRect(index * barPx, 0, Math.max(1, barPx - 0.5), HITS_PX - 1);
    }
  }
  for (const { fromMs, toMs } of map.gaps) hatch(pen, map, [fromMs, toMs], { widthPx, heightPx }, colours.gap);
  for (const atMs of bookmarks) {
    pen.fillStyle = colours.mark;
    pen.fillRect(shareOf(atMs, map) * widthPx - 1, 0, 2, heightPx);
  }
}

/** The frame around the time that is seen, in whole px: it is an element, so that moving it draws nothing anew. */
export function frameOf(
  seen: { readonly fromMs: number; readonly toMs: number },
  map: LensMinimap,
  widthPx: number,
): { readonly leftPx: number; readonly widthPx: number } {
  const fromPx = Math.max(0, shareOf(seen.fromMs, map)) * widthPx;
  const toPx = Math.min(1, shareOf(seen.toMs, map)) * widthPx;
  return {
    leftPx: Math.round(Math.max(0, Math.min(fromPx, widthPx - LEAST_FRAME_PX))),
    widthPx: Math.round(Math.max(LEAST_FRAME_PX, toPx - fromPx)),
  };
}

function hatch(
  pen: Pen,
  map: LensMinimap,
  [fromMs, toMs]: readonly [number, number],
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  colour: string,
): void {
  const fromPx = Math.max(0, shareOf(fromMs, map) * widthPx);
  const toPx = Math.min(widthPx, Math.max(fromPx + 3, shareOf(toMs, map) * widthPx));
  if (toPx <= 0 || fromPx >= widthPx) return;
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(fromPx, 0);
  pen.lineTo(fromPx, heightPx);
  pen.moveTo(toPx, 0);
  pen.lineTo(toPx, heightPx);
  for (let at = fromPx - heightPx; at < toPx; at += HATCH_PX) {
    // From the lower to the upper edge, cut where the gap ends.
    const [x1, x2] = [Math.max(at, fromPx), Math.min(at + heightPx, toPx)];
    if (x2 <= x1) continue;
    pen.moveTo(x1, heightPx - (x1 - at));
    pen.lineTo(x2, heightPx - (x2 - at));
  }
  pen.stroke();
}
