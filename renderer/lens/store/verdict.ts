import { hasField } from '../lines/fields.ts';
import { LENS_LEVELS } from '../lines/levels.ts';
import type { Matcher } from '../lines/patterns.ts';
import type { LensFieldFilter, LensFilter } from '../protocol.ts';
import { IS_HIT, IS_MARK, PASSES, type Piece } from './piece.ts';

/** Filter and search, ready to be asked of lines. */
export interface Judge {
  /** Sets the verdicts of these lines of a piece. */
  judge(piece: Piece, from: number, to: number): void;
  /** Lets everything through, so that what is shown is the order itself. */
  readonly passesAll: boolean;
  readonly searches: boolean;
}

/** Makes the judge of a filter whose patterns have been compiled. */
export function judgeOf(filter: LensFilter, exclude: Matcher | undefined, search: Matcher | undefined): Judge {
  const { levels, sources, fromMs = -Infinity, toMs = Infinity, fields = [] } = filter;
  const hasLevel = levels && Uint8Array.from(LENS_LEVELS, (level) => (levels.includes(level) ? 1 : 0));
  const hasSource = sources && new Set(sources);
  const passesAll =
    hasLevel === undefined &&
    hasSource === undefined &&
    fromMs === -Infinity &&
    toMs === Infinity &&
    fields.length === 0 &&
    exclude === undefined;

  const passes = (piece: Piece, index: number): boolean => {
    const ms = piece.times[index] ?? 0;
    if (ms < fromMs || ms > toMs) return false;
    if (hasSource !== undefined && !hasSource.has(piece.sources[index] ?? 0)) return false;
    // Where something is missing is said whatever the filter.
    if (((piece.bits[index] ?? 0) & IS_MARK) !== 0) return true;
    if (hasLevel !== undefined && hasLevel[piece.levels[index] ?? 0] !== 1) return false;
    return fields.length === 0 || hasFields(piece, index, fields);
  };

  return {
    passesAll,
    searches: search !== undefined,
    judge: (piece, from, to) => {
      const { verdicts } = piece;
      if (passesAll) verdicts.fill(PASSES, from, to);
      else for (let index = from; index < to; index += 1) verdicts[index] = passes(piece, index) ? PASSES : 0;
      if (exclude !== undefined) {
        eachFound(piece, from, to, exclude, (index) => {
          if (((piece.bits[index] ?? 0) & IS_MARK) === 0) verdicts[index] = 0;
        });
      }
      if (search !== undefined) {
        eachFound(piece, from, to, search, (index) => {
          const verdict = verdicts[index] ?? 0;
          if (verdict !== 0 && ((piece.bits[index] ?? 0) & IS_MARK) === 0) verdicts[index] = verdict | IS_HIT;
        });
      }
    },
  };
}

function hasFields(piece: Piece, index: number, fields: readonly LensFieldFilter[]): boolean {
  const line = piece.line(index);
  const bodyAt = piece.bodies[index] ?? 0;
  return fields.every(({ name, value, isNot }) => hasField(line, bodyAt, name, value) !== isNot);
}

/** Tells the lines a matcher finds. With a needle, the text of many lines is searched at once and lines without it are never made. */
function eachFound(piece: Piece, from: number, to: number, matcher: Matcher, found: (index: number) => void): void {
  const { needle, isFolded, isNeedleAll } = matcher;
  if (needle === undefined || needle === '') {
    for (let index = from; index < to; index += 1) if (matcher.test(piece.line(index))) found(index);
    return;
  }
  const { offsets } = piece;
  const start = offsets[from] ?? 0;
  let text = piece.slice(from, to);
  if (isFolded) {
    const lower = text.toLowerCase();
    // A few letters become longer, and offsets would be wrong.
    if (lower.length !== text.length) {
      for (let index = from; index < to; index += 1) if (matcher.test(piece.line(index))) found(index);
      return;
    }
    text = lower;
  }
  let index = from;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at)) {
    index = lineAt(offsets, at + start, index, to);
    if (isNeedleAll || matcher.test(piece.line(index))) found(index);
    at = (offsets[index + 1] ?? 0) - start;
  }
}

/** The line a place of the text is in. */
function lineAt(offsets: Uint32Array, place: number, from: number, to: number): number {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((offsets[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
