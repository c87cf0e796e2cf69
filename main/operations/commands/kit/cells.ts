import type { CellValue } from '../../../../preload/contract/index.ts';

/*
 * Values of messages as cells. A node may answer anything the wire allows, so nothing here throws, and nothing loses
 * digits: 64-bit numbers arrive as text (longs as strings) and leave as a number only where a number can hold them.
 */

/** A field that holds a 64-bit number, as the loader gives it. */
type Whole = string | number | { toString(): string } | null | undefined;

/** A 64-bit number as a cell: a number when it is exact, else its digits. */
export function wholeCell(value: Whole): CellValue {
  if (value === null || value === undefined) return null;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return typeof value === 'number' ? finite(value) : value.toString();
}

/** A 64-bit number for arithmetic that ends in a rounded figure. Missing counts as 0. */
export function toNumber(value: Whole): number {
  return value === null || value === undefined ? 0 : Number(value);
}

/** A number with at most two digits behind the point, as talosctl's `%.2f`. */
export function twoDigits(value: number): CellValue {
  return finite(Math.round(value * 100) / 100);
}

/** As many digits as survive every sum of a few of them. */
const SURE_DIGITS = 12;

/** A computed number without the noise of binary fractions: `0.1 + 0.2` is 0.3. Whole numbers keep all digits. */
export function plainNumber(value: number): CellValue {
  return Number.isInteger(value) ? finite(value) : finite(Number(value.toPrecision(SURE_DIGITS)));
}

/** Infinity and NaN are not values to sort or add: no cell. */
export function finite(value: number): CellValue {
  return Number.isFinite(value) ? value : null;
}

const MAX_DATE_MS = 8_640_000_000_000_000;

/** A timestamp as epoch milliseconds; null when it is missing or no moment a date can name. */
export function momentCell(
  stamp: { readonly seconds?: Whole; readonly nanos?: number } | null | undefined,
): number | null {
  if (stamp === null || stamp === undefined) return null;
  const atMs = toNumber(stamp.seconds) * 1000 + Math.floor((stamp.nanos ?? 0) / 1_000_000);
  // Go's zero time and an unset timestamp mean "never".
  return Number.isFinite(atMs) && Math.abs(atMs) <= MAX_DATE_MS && atMs > 0 ? atMs : null;
}
