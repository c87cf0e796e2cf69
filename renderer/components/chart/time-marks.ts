/** A row of a time axis. */
export interface TimeLane {
  readonly id: string;
  readonly label: string;
}

/** Something on a time axis: a moment, or a stretch of time. */
export interface TimeMark {
  readonly id: string;
  /** Id of its lane. */
  readonly lane: string;
  readonly fromMs: number;
  /** The same for a moment; missing while it lasts. */
  readonly toMs?: number | undefined;
  readonly tone: 'bad' | 'warn' | 'info';
  readonly label: string;
}

/** Where a mark is drawn, as shares of the width; undefined when it lies outside. */
export function placeOfMark(
  { fromMs, toMs }: Pick<TimeMark, 'fromMs' | 'toMs'>,
  range: { readonly fromMs: number; readonly toMs: number },
): { readonly left: number; readonly width: number } | undefined {
  const end = toMs ?? range.toMs;
  if (end < range.fromMs || fromMs > range.toMs) return undefined;
  const length = Math.max(1, range.toMs - range.fromMs);
  const left = Math.max(0, (fromMs - range.fromMs) / length);
  return { left, width: Math.max(0, Math.min(1, (end - range.fromMs) / length) - left) };
}
