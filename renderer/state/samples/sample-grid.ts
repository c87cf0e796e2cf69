import type { Metric, SampleRing } from '../../../preload/contract/index.ts';

/** One line: a metric of one node. */
export interface GridLine {
  readonly id: string;
  readonly label: string;
  readonly metric: Metric;
  readonly ring: SampleRing | undefined;
}

/** Lines over the same times, epoch milliseconds; null is a gap. */
export interface SampleGrid {
  readonly timesMs: readonly number[];
  readonly series: readonly {
    readonly id: string;
    readonly label: string;
    readonly values: readonly (number | null)[];
  }[];
}

/** Points across a chart: no more than can be told apart, however long the time. */
const MOST_POINTS = 600;

/**
 * Lines over the same times: the range in equal steps, no finer than what is measured. A step has the mean of what was measured
 * in it; a sample that covers several steps is in all of them, and a step that none covers is a gap.
 */
export function sampleGrid(
  lines: readonly GridLine[],
  range: { readonly fromMs: number; readonly toMs: number },
  everyMs: number,
): SampleGrid {
  const stepMs = Math.max(everyMs, Math.ceil((range.toMs - range.fromMs) / MOST_POINTS));
  const first = Math.floor(range.fromMs / stepMs);
  const count = Math.max(1, Math.ceil(range.toMs / stepMs) - first);
  const timesMs = Array.from({ length: count }, (_each, at) => (first + at) * stepMs + stepMs / 2);
  const sums = new Float64Array(count);
  const weights = new Uint16Array(count);
  return {
    timesMs,
    series: lines.map(({ id, label, metric, ring }) => {
      sums.fill(0);
      weights.fill(0);
      ring?.each(metric, range.fromMs - stepMs, range.toMs + stepMs, (atMs, spanMs, value) => {
        const last = Math.floor(atMs / stepMs) - first;
        const from = Math.min(last, Math.floor((atMs - spanMs) / stepMs) - first + 1);
        for (let at = Math.max(0, from); at <= Math.min(count - 1, last); at += 1) {
          sums[at] = (sums[at] ?? 0) + value;
          weights[at] = (weights[at] ?? 0) + 1;
        }
      });
      const values = Array.from(sums, (sum, at) => ((weights[at] ?? 0) === 0 ? null : sum / (weights[at] ?? 1)));
      return { id, label, values };
    }),
  };
}
