/** One thing that can be picked from a list by typing. */
export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly group?: string;
  /** Further words that find it. */
  readonly words?: string;
  readonly chord?: string;
  readonly isCurrent?: boolean;
  /** Why it cannot be picked. */
  readonly disabledBecause?: string;
  readonly pick: () => void;
}

const MOST = 100;

/**
 * Items that hold every typed word, best first: the label starts with the text, then a word of it does, then the rest in
 * the order given.
 */
export function findItems(items: readonly PickItem[], text: string): readonly PickItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, MOST);
  const found: { item: PickItem; rank: number }[] = [];
  for (const item of items) {
    const label = item.label.toLowerCase();
    const all = `${label} ${item.detail ?? ''} ${item.group ?? ''} ${item.words ?? ''}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    const first = words[0] ?? '';
    const rank = label.startsWith(first) ? 0 : label.includes(` ${first}`) ? 1 : label.includes(first) ? 2 : 3;
    found.push({ item, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ item }) => item);
}
