/**
 * What parsing a text may cost, told from its characters in one look at each. What takes time and memory is pieces, not
 * length: some of the parser's work grows with the square of them (the library's errors, flow collections and documents).
 */

/** Most characters that start or end something. Files of 20,000 contexts have 400,000; the parser takes 1 kB for each. */
const MAX_MARKS = 2_000_000;

/** Texts from this length on are not parsed where the window waits: 256 KiB, about 5 ms of parsing. */
const LARGE_LENGTH = 256 * 1024;
/** As many marks as about ninety contexts have. The worst texts of so many are held by tests/main/talosconfig/fuzz.test.ts. */
const LARGE_MARKS = 2_000;

/** 1 for the characters that start or end something in YAML; letters, digits and base64 have none. */
const MARKS = new Uint8Array(0x10000);
for (const c of '\n\r\t,[]{}:*&!?-#"\'|>%@`\\') MARKS[c.charCodeAt(0)] = 1;

/** True for a text that the window should not wait for: long, of many pieces, or with anchors and aliases. */
export function isLargeText(text: string): boolean {
  if (text.length >= LARGE_LENGTH || markAt(text, LARGE_MARKS) !== undefined) return true;
  return text.includes('&') && text.includes('*');
}

/** The offset where a text has more pieces than any file needs; undefined for ordinary ones. */
export const tooManyAt = (text: string): number | undefined =>
  text.length > MAX_MARKS ? markAt(text, MAX_MARKS) : undefined;

/** The offset of the mark after `most` others. */
function markAt(text: string, most: number): number | undefined {
  let marks = 0;
  for (let i = 0; i < text.length; i++) if (MARKS[text.charCodeAt(i)] === 1 && ++marks > most) return i;
  return undefined;
}
