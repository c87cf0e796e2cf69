import { lstatSync, readFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import * as v from 'valibot';

/** Where the window was, in the system's units. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

const MOST_BYTES = 1_000;
const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const placeSchema = v.strictObject({
  bounds: v.strictObject({ x: whole, y: whole, width: whole, height: whole }),
  isMaximized: v.boolean(),
});
/** As much of the window has to be on a display that it can be taken hold of. */
const LEAST_SEEN_PX = 80;

/** The place that a file keeps; undefined for anything else, which is not followed and not waited for. */
export function readWindowPlace(path: string): WindowPlace | undefined {
  try {
    const found = lstatSync(path);
    if (!found.isFile() || found.size > MOST_BYTES) return undefined;
    const parsed = v.safeParse(placeSchema, JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // There is none yet, or it holds something else: the window has its usual size.
  }
}

/** The bounds a window opens with: those kept, where a display still shows them, no larger than that display; else none. */
export function boundsOn(workAreas: readonly Rectangle[], { bounds }: WindowPlace): Rectangle | undefined {
  const area = workAreas.find(
    (each) =>
      overlap(each.x, each.width, bounds.x, bounds.width) >= LEAST_SEEN_PX &&
      bounds.y >= each.y &&
      overlap(each.y, each.height, bounds.y, bounds.height) >= LEAST_SEEN_PX,
  );
  if (area === undefined) return undefined;
  const { x, y } = bounds;
  return { x, y, width: Math.min(bounds.width, area.width), height: Math.min(bounds.height, area.height) };
}

const overlap = (a: number, aLength: number, b: number, bLength: number): number =>
  Math.min(a + aLength, b + bLength) - Math.max(a, b);

/** Tells where a window was when it is closed, as the text of the file that remembers it. */
export function keepWindowPlace(
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>,
  keep: (text: string) => void,
): void {
  window.on('close', () => {
    const place: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    keep(`${JSON.stringify(place)}\n`);
  });
}
