import { structuredPatch } from 'diff';

/** A run of lines that differ, with up to three equal ones around. Line numbers are 1-based. */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** `+`, `-` or a space each, in order; what follows is not to be used. */
  readonly lines: readonly string[];
}

const AROUND = 3;

/** The lines that differ. Of texts that differ in more than `mostEdits` not the fewest, but always all. */
export function changedLines(before: string, after: string, mostEdits = 3_000): readonly Hunk[] {
  const patch = structuredPatch('', '', before, after, '', '', {
    context: AROUND,
    maxEditLength: mostEdits,
    timeout: 1_000,
  });
  return patch?.hunks ?? coarseHunks(linesOf(before), linesOf(after));
}

const linesOf = (text: string): readonly string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');

/**
 * In linear time: lines that occur once in each text hold them together; between two of them equal beginnings and ends
 * stay, and the rest counts as changed.
 */
function coarseHunks(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const signs: string[] = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...anchors(before, after), [before.length, after.length] as const]) {
    let [endI, endJ] = [nextI, nextJ];
    for (; i < endI && j < endJ && before[i] === after[j]; i++, j++) signs.push(' ');
    let tail = 0;
    for (; i < endI && j < endJ && before[endI - 1] === after[endJ - 1]; endI--, endJ--) tail++;
    for (; i < endI; i++) signs.push('-');
    for (; j < endJ; j++) signs.push('+');
    for (; tail > 0; tail--) signs.push(' ');
    [i, j] = [nextI, nextJ];
  }
  return hunksOf(signs);
}

/** Pairs of lines that occur once in each text, in an order that holds in both. */
function anchors(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const [old, next] = [once(before), once(after)];
  const pairs: (readonly [number, number])[] = [];
  let last = -1;
  for (const [line, at] of next) {
    const was = old.get(line);
    if (was === undefined || was <= last) continue;
    pairs.push([was, at]);
    last = was;
  }
  return pairs;
}

/** Lines that occur once, with where, in their order. */
function once(lines: readonly string[]): ReadonlyMap<string, number> {
  const seen = new Map<string, number>();
  const repeated = new Set<string>();
  lines.forEach((line, at) => {
    if (seen.has(line)) repeated.add(line);
    else seen.set(line, at);
  });
  for (const line of repeated) seen.delete(line);
  return seen;
}

function hunksOf(signs: readonly string[]): readonly Hunk[] {
  const hunks: { oldStart: number; oldLines: number; newStart: number; newLines: number; lines: string[] }[] = [];
  let [old, next, sameBefore] = [1, 1, Infinity];
  let open: (typeof hunks)[number] | undefined;
  signs.forEach((sign, at) => {
    if (sign !== ' ' && (!open || sameBefore > 2 * AROUND)) {
      const lead = Math.min(AROUND, at, sameBefore);
      open = { oldStart: old - lead, oldLines: 0, newStart: next - lead, newLines: 0, lines: [] };
      hunks.push(open);
      for (let i = 0; i < lead; i++) take(open, ' ');
    } else if (sign !== ' ' && open) for (let i = Math.min(AROUND, sameBefore); i < sameBefore; i++) take(open, ' ');
    if (sign !== ' ' && open) take(open, sign);
    sameBefore = sign === ' ' ? sameBefore + 1 : 0;
    if (sign === ' ' && open && sameBefore <= AROUND) take(open, sign);
    if (sign !== '+') old++;
    if (sign !== '-') next++;
  });
  return hunks;
}

function take(hunk: { oldLines: number; newLines: number; lines: string[] }, sign: string): void {
  hunk.lines.push(sign);
  if (sign !== '+') hunk.oldLines++;
  if (sign !== '-') hunk.newLines++;
}
