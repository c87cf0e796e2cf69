/** Longest word that is compared, and most words it is compared with: some 10 ms. */
const MAX_LENGTH = 40;
const MAX_WORDS = 2_000;

/** The word that somebody probably meant: the nearest within two slips of the hand, one for a short word. */
export function nearWord(typed: string, words: Iterable<string>): string | undefined {
  const lower = typed.toLowerCase();
  if (lower.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let least = lower.length < 5 ? 1 : 2;
  let left = MAX_WORDS;
  for (const word of words) {
    if (left-- === 0) break;
    if (Math.abs(word.length - lower.length) > least) continue;
    const slips = slipsBetween(lower, word.toLowerCase());
    if (slips > least || (slips === least && best !== undefined)) continue;
    best = word;
    least = slips;
  }
  return best;
}

/** Signs put in, left out or exchanged, and neighbours swapped, until one is the other. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
