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

/** A mark and where it is drawn, as shares of the width. */
export interface PlacedMark {
  readonly mark: TimeMark;
  readonly place: { readonly left: number; readonly width: number };
}

/** More cannot be told apart, and the list beside the axis has them all. */
const MOST_MARKS = 600;

/** The marks within a range; of very many those that ended last, and those that last. */
export function placedMarks(
  marks: readonly TimeMark[],
  range: { readonly fromMs: number; readonly toMs: number },
): readonly PlacedMark[] {
  const placed = marks.flatMap((mark) => {
    const place = placeOfMark(mark, range);
    return place ? [{ mark, place }] : [];
  });
  if (placed.length <= MOST_MARKS) return placed;
  return placed.toSorted((a, b) => (b.mark.toMs ?? range.toMs) - (a.mark.toMs ?? range.toMs)).slice(0, MOST_MARKS);
}

function placeOfMark(
  { fromMs, toMs }: Pick<TimeMark, 'fromMs' | 'toMs'>,
  range: { readonly fromMs: number; readonly toMs: number },
): PlacedMark['place'] | undefined {
  const end = toMs ?? range.toMs;
  if (end < range.fromMs || fromMs > range.toMs) return undefined;
  const length = Math.max(1, range.toMs - range.fromMs);
  const left = Math.max(0, (fromMs - range.fromMs) / length);
  return { left, width: Math.max(0, Math.min(1, (end - range.fromMs) / length) - left) };
}
