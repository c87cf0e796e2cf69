import type { PickItem } from '../overlays/pick.ts';

/** An item as it is searched, in small letters. */
export interface Written {
  readonly label: string;
  /** Each between two blanks. */
  readonly synonyms: string;
  /** Label, detail, group and words, with a blank where each begins; names such as `LinkStatus` also in parts. */
  readonly all: string;
  /** The longer text about it. */
  readonly text: string;
}

/** A name of several words that are written together. */
const TOGETHER = /[a-z][A-Z]/;

/** Items are many and are searched at every key. */
const WRITTEN = new WeakMap<PickItem, Written>();

/** An item as it is searched; made once. */
export function writtenOf(item: PickItem): Written {
  const known = WRITTEN.get(item);
  if (known !== undefined) return known;
  const words = (item.words ?? '').toLowerCase();
  const parts = TOGETHER.test(item.label) ? item.label.replaceAll(/([a-z])([A-Z])/g, '$1 $2') : '';
  const names = `${item.label} ${parts} ${item.detail ?? ''} ${item.group ?? ''}`;
  const written = {
    label: item.label.toLowerCase(),
    synonyms: ` ${words} `,
    all: ` ${names.toLowerCase()} ${words}`,
    text: (item.text ?? '').toLowerCase(),
  };
  WRITTEN.set(item, written);
  return written;
}

/** Two or three letters are meant from the beginning of a word: `top` is not in `stop`. */
const SHORT = /^[a-z]{2,3}$/;

/** A word that is looked for in every item. */
export interface Word {
  readonly text: string;
  /** Between two blanks. */
  readonly whole: string;
  readonly isShort: boolean;
}

/** A word, in small letters, made ready to be looked for. */
export const wordOf = (text: string): Word => ({ text, whole: ` ${text} `, isShort: SHORT.test(text) });

/** Whether a text holds a word: anywhere, a short one only where a word begins. */
export function holds(text: string, word: Word): boolean {
  return word.isShort ? holdsStart(text, word) : text.includes(word.text);
}

/** Whether a word of the text begins with this one. */
export function holdsStart(text: string, { text: word }: Word): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (begins(text, at)) return true;
  return false;
}

/** Texts are in small letters. */
function begins(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  return !((before >= CODE_A && before <= CODE_Z) || (before >= CODE_0 && before <= CODE_9));
}

const [CODE_A, CODE_Z, CODE_0, CODE_9] = [97, 122, 48, 57];
