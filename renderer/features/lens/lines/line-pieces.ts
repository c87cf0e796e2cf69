import type { LensRow, LensSpan } from '../../../lens/protocol.ts';

/** A piece of a line that looks the same from end to end. */
export interface LinePiece {
  readonly text: string;
  /** Colour of a terminal, 0–15; undefined for the text's own. */
  readonly colour: number | undefined;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isHit: boolean;
}

type Range = readonly [from: number, to: number];

/** Splits `[from, to)` of a text wherever a colour or a hit begins or ends. */
export function linePieces(
  text: string,
  [from, to]: Range,
  spans: readonly LensSpan[],
  hits: readonly Range[],
): readonly LinePiece[] {
  const edges = new Set([from, to]);
  for (const at of [...spans.flatMap((span) => [span.from, span.to]), ...hits.flat()]) {
    if (at > from && at < to) edges.add(at);
  }
  const sorted = [...edges].toSorted((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => {
    const end = sorted[index + 1] ?? to;
    const span = spans.find((each) => each.from <= start && end <= each.to);
    return {
      text: text.slice(start, end),
      colour: span?.colour,
      isBold: span?.isBold === true,
      isDim: span?.isDim === true,
      isHit: hits.some(([hitFrom, hitTo]) => hitFrom <= start && end <= hitTo),
    };
  });
}

/** What is drawn of a line: its pieces and, of one with fields, those that follow its message. */
export interface DrawnLine {
  readonly pieces: readonly LinePiece[];
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The line without what stands in columns of its own. One with fields is drawn as its message and the first of them, unless
 * the search found something that this would not show.
 */
export function drawnLine(row: LensRow): DrawnLine {
  const { text, bodyAt, spans, hits, summary } = row;
  const first = Math.min(bodyAt, ...hits.map(([from]) => from));
  // `name=value` lines are read as they are; nothing of what stands between may be lost.
  if (summary && text.startsWith('{', bodyAt)) {
    const at = summary.message === '' ? -1 : text.indexOf(summary.message);
    const end = at + summary.message.length;
    if (hits.length === 0 || (at >= 0 && hits.every(([from, to]) => from >= at && to <= end))) {
      return {
        pieces: at >= 0 ? linePieces(text, [at, end], spans, hits) : [plainPiece(summary.message)],
        fields: summary.fields,
      };
    }
  }
  return { pieces: linePieces(text, [first, text.length], spans, hits), fields: [] };
}

/** Between a message and the fields behind it, also in what is copied. */
export const FIELD_GAP = '  ';

/** How many characters of a line that is as wide as so many of them, roughly: some signs take the room of two. */
export function drawnLength({ pieces, fields }: DrawnLine): number {
  return (
    pieces.reduce((sum, { text }) => sum + text.length, 0) +
    fields.reduce((sum, { name, value }) => sum + FIELD_GAP.length + name.length + 1 + value.length, 0)
  );
}

const plainPiece = (text: string): LinePiece => ({
  ...{ text, colour: undefined, isBold: false, isDim: false, isHit: false },
});
