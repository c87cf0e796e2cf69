import { LENS_LEVELS } from '../lines/levels.ts';
import type { LensMinimap } from '../protocol.ts';
import type { IdList } from '../store/id-list.ts';
import type { LineStore } from '../store/line-store.ts';
import { IS_MARK, PIECE_LINES, type Piece } from '../store/piece.ts';

const MOST_BUCKETS = 2000;
const MOST_GAPS = 500;

/** Levels over time of the lines that are shown; undefined when there are none. */
export function minimapOf(store: LineStore, shown: IdList, hits: IdList, wanted: number): LensMinimap | undefined {
  if (shown.count === 0) return undefined;
  const count = Math.min(MOST_BUCKETS, Math.max(1, Math.trunc(wanted)));
  const fromMs = store.timeMs(shown.at(0));
  const toMs = store.timeMs(shown.at(shown.count - 1));
  const scale = toMs > fromMs ? count / (toMs - fromMs) : 0;
  const bucketOf = (ms: number): number => Math.min(count - 1, Math.floor((ms - fromMs) * scale));
  const levels = LENS_LEVELS.length;
  const counts = new Uint32Array(count * levels);
  const gaps: LensMinimap['gaps'][number][] = [];
  const countLine = (piece: Piece, index: number, id: number): void => {
    const ms = piece.times[index] ?? 0;
    if (((piece.bits[index] ?? 0) & IS_MARK) !== 0) {
      const mark = store.more(id)?.mark;
      const isComplete = mark?.type === 'gap' && mark.missing === 'nothing';
      const lengthMs = mark?.type === 'gap' ? mark.gapMs : 0;
      if (!isComplete && gaps.length < MOST_GAPS)
        gaps.push({ fromMs: ms, toMs: ms + lengthMs, source: piece.sources[index] ?? 0 });
      return;
    }
    const at = bucketOf(ms) * levels + (piece.levels[index] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  };
  // What is shown unfiltered is counted as it lies in memory: a million lines once a second.
  if (shown === store.order) {
    let id = store.firstId;
    for (const piece of store.pieces) {
      for (let index = 0; index < piece.count; index += 1) countLine(piece, index, id + index);
      id += PIECE_LINES;
    }
  } else {
    for (let row = 0; row < shown.count; row += 1) {
      const id = shown.at(row);
      const piece = store.pieceOf(id);
      if (piece !== undefined) countLine(piece, store.indexOf(id), id);
    }
  }
  const found = new Array<number>(count).fill(0);
  for (let row = 0; row < hits.count; row += 1) {
    const bucket = Math.max(0, bucketOf(store.timeMs(hits.at(row))));
    found[bucket] = (found[bucket] ?? 0) + 1;
  }
  const buckets = found.map((_each, bucket) => [...counts.subarray(bucket * levels, (bucket + 1) * levels)]);
  return { fromMs, toMs, buckets, hits: found, gaps };
}
