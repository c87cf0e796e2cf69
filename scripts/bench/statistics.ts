/** The middle of the values; of an even number, the middle between the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? NaN) + (sorted[Math.ceil(at)] ?? NaN)) / 2;
}

/**
 * How much the second of two checkouts differs, as the median of the ratios within the rounds. Two values of one round saw
 * the same machine, so their ratio says more than the ratio of the medians.
 */
export function pairedRatio(base: readonly number[], other: readonly number[]): number {
  return median(base.map((value, index) => (other[index] ?? NaN) / value));
}

/** The smallest value that so many percent of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}
