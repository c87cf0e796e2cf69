/** Slips of a finger that are forgiven. */
const MOST_SLIPS = 2;
const MOST_NAMES = 3;

/**
 * Names that may have been meant by a word that is none of them: those that come nearest, shortest first, at most three. A word of
 * theirs begins with it, or differs from it by one or two letters, fewer than half of it.
 */
export function nearestNames(word: string, names: readonly string[]): readonly string[] {
  const typed = word.toLowerCase();
  const judged = names.map((name) => ({
    name,
    slips: Math.min(...name.split(' ').map((part) => slipsTo(typed, part))),
  }));
  const least = Math.min(MOST_SLIPS, ...judged.map(({ slips }) => slips));
  return judged
    .filter(({ slips }) => slips === least)
    .map(({ name }) => name)
    .sort((a, b) => a.length - b.length)
    .slice(0, MOST_NAMES);
}

function slipsTo(typed: string, part: string): number {
  if (typed.length >= 3 && part.startsWith(typed)) return 0;
  if (Math.abs(typed.length - part.length) > MOST_SLIPS) return Infinity;
  const slips = distance(typed, part);
  return slips * 2 < typed.length ? slips : Infinity;
}

/** Letters to add, to leave out, to replace or to swap with their neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[to.length] ?? 0;
}
