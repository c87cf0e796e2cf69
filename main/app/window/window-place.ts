import { lstatSync, readFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import * as v from 'valibot';

/** Where a window was, in the system's units. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

const MOST_BYTES = 1_000;
const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
/** A place as a file has it. */
export const placeSchema = v.strictObject({
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

/** How far a window lies from the one that it was opened from. */
const BESIDE_PX = 32;

/** The bounds a window opens with: those kept, where a display still shows them, no larger than that display; else none. */
export function boundsOn(workAreas: readonly Rectangle[], bounds: Rectangle): Rectangle | undefined {
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

/** Where a window opens that is opened from another one: a little below and beside it, or in the corner where that does not fit. */
export function besideOn(workAreas: readonly Rectangle[], { x, y, width, height }: Rectangle): Rectangle {
  const right = x + BESIDE_PX + width;
  const bottom = y + BESIDE_PX + height;
  const isIn = (area: Rectangle): boolean =>
    overlap(area.x, area.width, x, width) > 0 && overlap(area.y, area.height, y, height) > 0;
  const area = workAreas.find(isIn);
  if (area === undefined || (right <= area.x + area.width && bottom <= area.y + area.height)) {
    return { x: x + BESIDE_PX, y: y + BESIDE_PX, width, height };
  }
  return { x: area.x, y: area.y, width, height };
}
