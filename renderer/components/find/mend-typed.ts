import type { PickItem } from '../overlays/pick.ts';
import { writtenOf } from './written.ts';

/** Shorter words are too many that are like each other. */
const LEAST = 4;

/** The typed words with those that no item has put right by one letter; undefined when there is nothing like them. */
export function mendTyped(words: readonly string[], items: readonly PickItem[]): readonly string[] | undefined {
  const known = wordsOf(items);
  let isMended = false;
  const mended = words.map((word) => {
    // One digit off is another node, address or version.
    if (word.length < LEAST || /\d/.test(word) || known.has(word)) return word;
    for (const each of known) {
      // The end of a word may still be to come.
      if (each.length < LEAST || !isOneOff(word, each.slice(0, word.length + 1)) || each[0] !== word[0]) continue;
      isMended = true;
      return each;
    }
    return word;
  });
  return isMended ? mended : undefined;
}

/** Of a list that is searched at every key. */
const WORDS = new WeakMap<readonly PickItem[], ReadonlySet<string>>();

/** Words of the items; those of which there are very many, such as names of resources, are no help. */
function wordsOf(items: readonly PickItem[]): ReadonlySet<string> {
  const known = WORDS.get(items);
  if (known !== undefined) return known;
  const words = new Set<string>();
  for (const item of items) {
    if (item.isMinor !== true) for (const word of writtenOf(item).all.split(/[^a-z0-9]+/)) words.add(word);
  }
  WORDS.set(items, words);
  return words;
}

/** Whether one letter more, less, or other, or two that changed places, make one of the other. */
function isOneOff(typed: string, word: string): boolean {
  let start = 0;
  while (start < typed.length && typed[start] === word[start]) start += 1;
  const rest = [typed.slice(start), word.slice(start)] as const;
  const [left, right] = rest;
  if (left.slice(1) === right || left === right.slice(1) || left.slice(1) === right.slice(1)) return true;
  // Only the beginning of the word may have been typed.
  if (left.slice(1) === right.slice(0, -1) || left.slice(1) === right.slice(1, -1)) return true;
  return (
    left[0] === right[1] &&
    left[1] === right[0] &&
    (left.slice(2) === right.slice(2) || left.slice(2) === right.slice(2, -1))
  );
}
