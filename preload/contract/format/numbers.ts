/** How numbers and counts are written, by main and page alike: English everywhere. */
export const LOCALE = 'en-GB';

const number = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });

/** `1,400`, `0.31`: at most two digits behind the point. */
export function formatNumber(value: number): string {
  // Tables are full of whole numbers, and the formatter takes ten times as long.
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return Number.isFinite(value) ? number.format(value) : String(value);
}

/** Without digits behind the point. */
export const formatWhole = (value: number): string => whole.format(value);

/** `1 node`, `14 nodes`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatWhole(count)} ${count === 1 ? one : many}`;
}

/** `42 %`. */
export const formatPercent = (share: number): string => `${formatWhole(share * 100)} %`;

/** `a`, `a and b`, `a, b and c`, `a, b and 4 more`. */
export function listOf(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}
