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
  /** Picking it makes this the text that is typed, and the list stays open. */
  readonly completes?: string;
  readonly pick: () => void;
}

/** As many as anybody looks through. */
const MOST = 60;

/** An item as it is searched, in small letters. */
interface Written {
  readonly label: string;
  readonly all: string;
  readonly synonyms: ReadonlySet<string>;
}

/** Items are many and are searched at every key. */
const WRITTEN = new WeakMap<PickItem, Written>();

function writtenOf(item: PickItem): Written {
  const known = WRITTEN.get(item);
  if (known !== undefined) return known;
  const label = item.label.toLowerCase();
  const words = (item.words ?? '').toLowerCase();
  const all = `${label} ${item.detail ?? ''} ${item.group ?? ''}`.toLowerCase() + ` ${words}`;
  const written = { label, all, synonyms: new Set(words.split(' ')) };
  WRITTEN.set(item, written);
  return written;
}

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
    const written = writtenOf(item);
    if (words.every((word) => written.all.includes(word))) found.push({ item, rank: rankOf(written, typed, words) });
  }
  return found
    .sort((a, b) => a.rank - b.rank || age(a.item) - age(b.item))
    .slice(0, MOST)
    .map(({ item }) => item);
}

/** Without those whose id another one before them has: names of machines, types and files may be the same twice, and a list holds each once. */
export function uniqueItems(items: readonly PickItem[]): readonly PickItem[] {
  const ids = new Set<string>();
  return items.filter(({ id }) => !ids.has(id) && ids.add(id));
}

function rankOf({ label, synonyms }: Written, typed: string, words: readonly string[]): number {
  if (label === typed) return 0;
  if (label.startsWith(typed)) return 1;
  if (words.every((word) => synonyms.has(word))) return 2;
  const [first = ''] = words;
  return ` ${label}`.includes(` ${first}`) ? 3 : label.includes(first) ? 4 : 5;
}
