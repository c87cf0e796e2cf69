import { lstatSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { placeSchema, readWindowPlace, type WindowPlace } from './window-place.ts';

/** As many windows as a person keeps apart; each is a process of its own. */
export const MOST_WINDOWS = 8;

/** A window as it is remembered between starts. */
export interface KeptWindow extends WindowPlace {
  /** What the page keeps its tabs by; of a window that was closed while others stayed, it is not used again. */
  readonly number: number;
}

const MOST_BYTES = 4_000;
const keptSchema = v.strictObject({
  windows: v.pipe(
    v.array(
      v.strictObject({
        ...placeSchema.entries,
        number: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
      }),
    ),
    v.maxLength(MOST_WINDOWS),
  ),
});

/**
 * The windows of the last time; none where nothing, or anything else, was kept. An earlier Minos had one window, whose place lies in `oldPath`.
 */
export function readKeptWindows(path: string, oldPath: string): readonly KeptWindow[] {
  const text = readKept(path);
  if (text === undefined) {
    const place = readWindowPlace(oldPath);
    return place === undefined ? [] : [{ ...place, number: 1 }];
  }
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(text));
    const windows = parsed.success ? parsed.output.windows : [];
    return windows.filter(({ number }, at) => windows.findIndex((one) => one.number === number) === at);
  } catch {
    return []; // Not JSON.
  }
}

/** The text of the file that remembers them. */
export const textOfKept = (windows: readonly KeptWindow[]): string => `${JSON.stringify({ windows })}\n`;

/** Undefined: there is none. What is no plain file, or too large, is empty: it is not followed and not waited for. */
function readKept(path: string): string | undefined {
  try {
    const found = lstatSync(path);
    return found.isFile() && found.size <= MOST_BYTES ? readFileSync(path, 'utf8') : '';
  } catch {
    return undefined;
  }
}
