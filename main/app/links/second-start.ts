/** Chromium has 32 KiB for all that a second start sends, its own list of words included. */
const MOST_BYTES = 8_000;

/** What a second start sends beside Chromium's own list of its words; nothing where that would be too much. */
export function sentWith(words: readonly string[]): { readonly words?: readonly string[] } {
  return Buffer.byteLength(JSON.stringify(words)) <= MOST_BYTES ? { words } : {};
}

/**
 * The words of a second start, without the program. Chromium passes on `argv` with all switches before all other words and with some of
 * its own, so that `--context lab` comes apart: what was sent beside it says how they were written.
 */
export function wordsOfSecondStart(argv: readonly string[], sent: unknown): readonly string[] {
  const { words } = (typeof sent === 'object' && sent !== null ? sent : {}) as { words?: unknown };
  const isText = (word: unknown): word is string => typeof word === 'string';
  return Array.isArray(words) && words.every(isText) ? words : argv.slice(1);
}
