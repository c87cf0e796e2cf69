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
 * Items that hold every typed word, best first: the label is the text, it starts with it, further words of the item are what
 * was typed, a word of the label starts so, then the rest. Among equals what was picked of late (`recent`, ids, latest
 * first) comes first, then the order given.
 */
export function findItems(
  items: readonly PickItem[],
  text: string,
  recent: readonly string[] = [],
): readonly PickItem[] {
  const typed = text.toLowerCase().trim();
  const words = typed.split(/\s+/).filter(Boolean);
  const since = new Map(recent.map((id, index) => [id, index]));
  const age = ({ id }: PickItem): number => since.get(id) ?? recent.length;
  if (words.length === 0) {
    const sorted = items.map((item) => (since.has(item.id) ? { ...item, group: 'Recent' } : item));
    return sorted.sort((a, b) => age(a) - age(b)).slice(0, MOST);
  }
  const found: { item: PickItem; rank: number }[] = [];
  for (const item of items) {
    const all = [item.label, item.detail, item.group, item.words].join(' ').toLowerCase();
    if (words.every((word) => all.includes(word))) found.push({ item, rank: rankOf(item, typed, words) });
  }
  return found
    .sort((a, b) => a.rank - b.rank || age(a.item) - age(b.item))
    .slice(0, MOST)
    .map(({ item }) => item);
}

function rankOf(item: PickItem, typed: string, words: readonly string[]): number {
  const label = item.label.toLowerCase();
  if (label === typed) return 0;
  if (label.startsWith(typed)) return 1;
  const synonyms = new Set(item.words?.toLowerCase().split(' '));
  if (words.every((word) => synonyms.has(word))) return 2;
  const [first = ''] = words;
  return ` ${label}`.includes(` ${first}`) ? 3 : label.includes(first) ? 4 : 5;
}
