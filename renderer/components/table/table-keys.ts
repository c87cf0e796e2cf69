/** The keys that a table answers, for the list behind `?`. */
export const TABLE_KEYS: readonly { readonly chord: string; readonly does: string }[] = [
  { chord: '↑ ↓', does: 'Move' },
  { chord: 'Space', does: 'Select' },
  { chord: 'Shift+↑ ↓', does: 'Select a range' },
  { chord: 'mod+a', does: 'Select all' },
  { chord: 'mod+c', does: 'Copy the selected rows as text' },
  { chord: 'Enter', does: 'Open the details; in a header: sort' },
  { chord: 'Shift+← →', does: 'In a header: make the column narrower or wider' },
];

/** Where a key leads among `count` rows; may lie beyond the ends. Undefined for keys that lead nowhere. */
export function rowStep(key: string, activeIndex: number, count: number, pageRows: number): number | undefined {
  const page = Math.max(1, pageRows);
  const at = Math.max(activeIndex, 0);
  const down = activeIndex < 0 ? 0 : at + 1;
  return { ArrowDown: down, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1 }[key];
}
