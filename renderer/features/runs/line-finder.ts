import type { RunLine } from '../../state/run-lines.ts';

/** Lines in a new wrapping each time, since the arrays in it only grow. */
export interface FoundLines {
  readonly lines: readonly RunLine[];
}

/**
 * Finds lines that hold a text, capitals or not. Looks at each line once, however often it is asked while more come: of many
 * thousands, only what is new.
 */
export function lineFinder(): (all: readonly RunLine[], text: string) => FoundLines {
  let wanted = '';
  let looked: readonly RunLine[] | undefined;
  let found: RunLine[] = [];
  let next = 0;
  return (all, text) => {
    const needle = text.trim().toLowerCase();
    if (needle === '') return { lines: all };
    const first = all[0]?.number ?? 0;
    // Another text, or another run's lines: those of one run are one array for as long as it is there.
    if (needle !== wanted || all !== looked) {
      wanted = needle;
      looked = all;
      found = [];
      next = 0;
    }
    for (const line of all.slice(Math.max(0, next - first))) {
      if (line.isMark || line.text.toLowerCase().includes(needle)) found.push(line);
    }
    next = (all.at(-1)?.number ?? -1) + 1;
    const kept = found.findIndex(({ number }) => number >= first);
    if (kept !== 0) found = kept < 0 ? [] : found.slice(kept);
    return { lines: found };
  };
}
