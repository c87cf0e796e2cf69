/*
 * Values that look random and never are: the same seed and the same key give the same value in every run, so a
 * screenshot or a failing test can be made again.
 */

/** A number in [0, 1) that depends only on its arguments (FNV-1a, then a finishing mix). */
export function steady(seed: number, ...key: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const char of key.join('\u0001')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A whole number from `low` to `high`, both included. */
export function steadyInt(low: number, high: number, seed: number, ...key: readonly (string | number)[]): number {
  return low + Math.floor(steady(seed, ...key) * (high - low + 1));
}

/** One of `choices`, which must not be empty. */
export function steadyPick<T>(choices: readonly T[], seed: number, ...key: readonly (string | number)[]): T {
  const picked = choices[Math.floor(steady(seed, ...key) * choices.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

/** `length` hexadecimal digits. */
export function steadyHex(length: number, seed: number, ...key: readonly (string | number)[]): string {
  let text = '';
  for (let part = 0; text.length < length; part++) {
    text += Math.floor(steady(seed, ...key, part) * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, length);
}

/** A random-looking UUID (version 4). */
export function steadyUuid(seed: number, ...key: readonly (string | number)[]): string {
  const hex = steadyHex(32, seed, ...key, 'uuid');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

const WAVE_PERIODS_MS: readonly number[] = [37_000, 211_000, 1_693_000];

/** A smooth value in [0, 1] that moves over minutes: three sines whose phases come from the key. */
export function wave(timeMs: number, seed: number, ...key: readonly (string | number)[]): number {
  const sum = WAVE_PERIODS_MS.reduce(
    (total, periodMs, index) =>
      total + Math.sin(2 * Math.PI * (timeMs / periodMs + steady(seed, ...key, 'phase', index))),
    0,
  );
  return (sum / WAVE_PERIODS_MS.length + 1) / 2;
}

/** The area below {@link wave} between two times, in seconds: what a counter fed by it gains. Never shrinks. */
export function waveSeconds(fromMs: number, toMs: number, seed: number, ...key: readonly (string | number)[]): number {
  const area = (timeMs: number): number =>
    WAVE_PERIODS_MS.reduce((total, periodMs, index) => {
      const turns = timeMs / periodMs + steady(seed, ...key, 'phase', index);
      return total - (Math.cos(2 * Math.PI * turns) * periodMs) / (2 * Math.PI);
    }, 0) / WAVE_PERIODS_MS.length;
  return ((area(toMs) - area(fromMs)) / 2 + (toMs - fromMs) / 2) / 1000;
}
