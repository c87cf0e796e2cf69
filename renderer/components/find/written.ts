import type { PickItem } from '../overlays/pick.ts';

/** An item as it is searched, in small letters. */
export interface Written {
  readonly label: string;
  readonly synonyms: ReadonlySet<string>;
  /** Label, detail, group and words, with a blank where each begins; names such as `LinkStatus` also in parts. */
  readonly all: string;
  /** The longer text about it. */
  readonly text: string;
}

/** Items are many and are searched at every key. */
const WRITTEN = new WeakMap<PickItem, Written>();

/** An item as it is searched; made once. */
export function writtenOf(item: PickItem): Written {
  const known = WRITTEN.get(item);
  if (known !== undefined) return known;
  const words = (item.words ?? '').toLowerCase();
  const parts = item.label.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  const names = `${item.label} ${parts === item.label ? '' : parts} ${item.detail ?? ''} ${item.group ?? ''}`;
  const written = {
    label: item.label.toLowerCase(),
    synonyms: new Set(words.split(' ')),
    all: ` ${names.toLowerCase()} ${words}`,
    text: (item.text ?? '').toLowerCase(),
  };
  WRITTEN.set(item, written);
  return written;
}

/** Two or three letters are meant from the beginning of a word: `top` is not in `stop`. */
const SHORT = /^[a-z]{2,3}$/;

/** Whether a text holds a word: anywhere, a short one only where a word begins. */
export function holds(text: string, word: string): boolean {
  return SHORT.test(word) ? holdsStart(text, word) : text.includes(word);
}

/** Whether a word of the text begins with this one. */
export function holdsStart(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (begins(text, at)) return true;
  return false;
}

const begins = (text: string, at: number): boolean => at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? ' ');
