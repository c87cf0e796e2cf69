import { uniqueItems, type PickItem } from '../overlays/pick.ts';
import { mendTyped } from './mend-typed.ts';
import { holds, holdsStart, wordOf, writtenOf, type Word, type Written } from './written.ts';

/** How a list is searched. */
export interface FindOptions {
  /** Ids of what was picked of late, latest first. */
  readonly recent?: readonly string[];
  /** Other words for one that was typed, such as `remove` for `delete`. */
  readonly alike?: ((word: string) => readonly string[]) | undefined;
  /** Words that say nothing beside others, such as `the` and `show`. */
  readonly fillers?: ReadonlySet<string> | undefined;
  /** A text that is a language of its own, of which all words are meant as they are. */
  readonly isExact?: ((text: string) => boolean) | undefined;
}

/** As many as anybody looks through. */
const MOST = 60;
/** More are pasted by mistake, such as a whole log: each is looked for in everything. */
const MOST_WORDS = 20;
/** Where no item has all of the words. */
const MOST_NEAR = 12;
/** Something whose whole label is another word for the typed one; whatever else another word finds comes after what the typed one finds. */
const ALIKE_LABEL = 2.5;
const ALIKE = 4.5;
/** What only a longer text says. */
const IN_TEXT = 8;

/** A word that was typed, and others for it. */
interface Sought {
  readonly word: Word;
  readonly alike: readonly Word[];
}

/**
 * Items that hold every typed word or another one for it, best first: the label is the text, it starts with it, further words of the item are
 * what was typed, a word of the label starts so, then the rest, and last what a longer text holds. Among equals what was picked of late comes
 * first, then the order given. Where nothing holds all of them, a mistyped letter is forgiven; after that, the items that hold most of the words.
 */
export function findItems(items: readonly PickItem[], text: string, options: FindOptions = {}): readonly PickItem[] {
  const typed = text.toLowerCase().trim();
  const { recent = [], fillers } = options;
  const isExact = options.isExact?.(text) === true;
  const alike = (!isExact && options.alike) || (() => []);
  const since = new Map(recent.map((id, index) => [id, index]));
  const age = ({ id }: PickItem): number => since.get(id) ?? recent.length;
  const every = typed.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (every.length === 0) {
    const sorted = items.map((item) => (since.has(item.id) ? { ...item, group: 'Recent' } : item));
    return sorted.sort((a, b) => age(a) - age(b)).slice(0, MOST);
  }
  const telling = every.filter((word) => fillers?.has(word) !== true && !word.startsWith('-'));
  const words = telling.length > 0 ? telling : every;
  const soughtOf = (all: readonly string[]): readonly Sought[] =>
    all.map((word) => ({ word: wordOf(word), alike: alike(word).map(wordOf) }));
  const best = (all: readonly string[]): readonly Ranked[] => {
    const sought = soughtOf(all);
    const found: Ranked[] = [];
    for (const item of items) {
      const rank = rankOf(writtenOf(item), typed, sought);
      if (rank !== undefined) found.push({ item, rank: rank + handicap(item), age: age(item) });
    }
    return found;
  };
  const found = best(words);
  if (isExact) return inOrder(found.filter(({ rank }) => rank < IN_TEXT));
  if (found.some(({ rank }) => rank < (words.length === 1 ? IN_TEXT : ALIKE))) return inOrder(found);
  const mended = found.length > 0 ? undefined : mendTyped(words, items);
  const again = mended === undefined ? [] : best(mended);
  if (again.length > 0) return inOrder(again);
  const near = inOrder(nearest(items, soughtOf(words), age)).slice(0, MOST_NEAR);
  return uniqueItems([...near, ...inOrder(found)]);
}

/** Of equals, what can be picked comes before what cannot, and both before one of very many. */
const handicap = ({ isMinor, disabledBecause }: PickItem): number =>
  (isMinor === true ? 0.4 : 0) + (disabledBecause === undefined ? 0 : 0.05);

interface Ranked {
  readonly item: PickItem;
  readonly rank: number;
  /** How long ago it was picked: its place among what was picked of late. */
  readonly age: number;
}

const inOrder = (found: readonly Ranked[]): readonly PickItem[] =>
  [...found]
    .sort((a, b) => a.rank - b.rank || a.age - b.age)
    .slice(0, MOST)
    .map(({ item }) => item);

/** Undefined: it does not hold all of them. */
function rankOf(written: Written, typed: string, sought: readonly Sought[]): number | undefined {
  let worst = 0;
  for (const each of sought) {
    const rank = wordRank(written, each);
    if (rank === undefined) return undefined;
    worst = Math.max(worst, rank);
  }
  const { label } = written;
  if (label === typed) return 0;
  if (label.startsWith(typed)) return 1;
  const [first, second] = sought;
  return second === undefined && first?.alike.some(({ text }) => text === label) === true
    ? Math.min(worst, ALIKE_LABEL)
    : worst;
}

function wordRank(written: Written, { word, alike }: Sought): number | undefined {
  let best = ownRank(written, word);
  for (const other of alike) {
    const own = ownRank(written, other);
    if (own !== undefined && (best === undefined || ALIKE + own / 10 < best)) best = ALIKE + own / 10;
  }
  return best;
}

function ownRank({ label, synonyms, all, text }: Written, word: Word): number | undefined {
  if (synonyms.includes(word.whole)) return 2;
  if (!holds(all, word)) return text !== '' && holdsStart(text, word) ? IN_TEXT : undefined;
  if (holdsStart(label, word)) return 3;
  return holdsStart(all, word) ? 5 : holds(label, word) ? 5.5 : 6;
}

/** Those that hold most of the words; a word that only a longer text holds counts for less than any other. */
function nearest(
  items: readonly PickItem[],
  sought: readonly Sought[],
  age: (item: PickItem) => number,
): readonly Ranked[] {
  return items.flatMap((item) => {
    const ranks = sought.flatMap((each) => wordRank(writtenOf(item), each) ?? []);
    const worth = ranks.reduce((sum, rank) => sum + (10 - rank), 0);
    return worth === 0 ? [] : [{ item, rank: handicap(item) - worth, age: age(item) }];
  });
}
