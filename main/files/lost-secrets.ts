import { setImmediate } from 'node:timers/promises';
import { sha256Hex } from './fingerprint.ts';

/** Words that may be key material, certificates or tokens, in any layout of the file. */
const LONG_WORD = /[A-Za-z0-9+/=_-]{32,}/g;
/** Short ones that are named as such. Their hashes could be guessed, so they are not kept. */
const NAMED_SHORT = /(?:key|token|password|secret)[^\s:]{0,20}["']?[ \t]*:[ \t]*["']?[^\s"',}>|]{1,31}(?=["',}\s]|$)/i;

/** More are not told apart: the version is then kept for its own sake. */
const MOST = 200;
const PIECE = 64 * 1024;
/** Characters looked through before others have their turn: a few ms. */
const SLICE = 1024 * 1024;

/**
 * Fingerprints of what may be secret in a version of a file and is not in the next one: after the change, the old version
 * is the only place that has it. `*` stands for something that cannot be told apart. Most edits lose nothing.
 */
export async function lostSecrets(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): Promise<readonly string[]> {
  if (before === undefined) return [];
  const left = after ?? new Uint8Array();
  const removed = differing(before, left);
  if (removed === '') return [];
  const words = await longWords(removed);
  const kept = Buffer.from(left.buffer, left.byteOffset, left.byteLength).toString('latin1');
  // Not a search for each: that takes for ever in a text that repeats itself.
  const keptWords = await longWords(words.size === 0 ? '' : kept);
  const lost = [...words].filter((word) => !keptWords.has(word));
  const hasShort = NAMED_SHORT.test(removed);
  if (lost.length > MOST) return ['*'];
  return [...lost.map((word) => sha256Hex(word).slice(0, 16)), ...(hasShort ? ['*'] : [])];
}

async function longWords(text: string): Promise<Set<string>> {
  const words = new Set<string>();
  const betweenWords = /[^A-Za-z0-9+/=_-]/g;
  for (let from = 0; from < text.length;) {
    betweenWords.lastIndex = from + SLICE;
    const to = betweenWords.exec(text)?.index ?? text.length;
    for (const word of text.slice(from, to).match(LONG_WORD) ?? []) words.add(word);
    from = to;
    if (from < text.length) await setImmediate();
  }
  return words;
}

/** The lines of `before` between what both have at their beginning and at their end. One byte is one character. */
function differing(before: Uint8Array, after: Uint8Array): string {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && sameAt(before, start, after, start, Math.min(PIECE, most - start))) {
    start += Math.min(PIECE, most - start);
  }
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  const mostEnd = most - start;
  while (end < mostEnd) {
    const length = Math.min(PIECE, mostEnd - end);
    if (!sameAt(before, before.length - end - length, after, after.length - end - length, length)) break;
    end += length;
  }
  while (end < mostEnd && before[before.length - end - 1] === after[after.length - end - 1]) end++;
  if (start === before.length && end === 0) return '';
  // Whole lines: a word must not be cut in two.
  const from = before.lastIndexOf(10, start - 1) + 1;
  const to = before.indexOf(10, before.length - end);
  const bytes = before.subarray(start === 0 ? 0 : from, to === -1 ? before.length : to);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function sameAt(a: Uint8Array, aFrom: number, b: Uint8Array, bFrom: number, length: number): boolean {
  return Buffer.compare(a.subarray(aFrom, aFrom + length), b.subarray(bFrom, bFrom + length)) === 0;
}
