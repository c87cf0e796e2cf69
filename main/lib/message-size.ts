import { serialize } from 'node:v8';
import { MAX_MESSAGE_BYTES } from '../../preload/contract/index.ts';

/** Shorter texts are taken for the worst, without looking at them. */
const LOOKED_AT_LENGTH = 64;
/** Nothing that crosses is nested deeper. */
const MAX_DEPTH = 64;
// eslint-disable-next-line no-control-regex -- every sign that takes one byte
const ONE_BYTE = /^[\u0000-\u00ff]*$/;

/**
 * At most how many bytes plain data takes when it is copied to another thread or process: never less than it is, at most
 * some two times more. Stops counting above `limit`, with a number above it.
 */
export function messageSize(value: unknown, limit = Infinity): number {
  return sizeOf(value, limit, 0);
}

function sizeOf(value: unknown, limit: number, depth: number): number {
  if (typeof value === 'string') return textSize(value);
  if (value === null || typeof value !== 'object') return 10;
  if (ArrayBuffer.isView(value)) return 32 + value.byteLength;
  if (depth > MAX_DEPTH) return Infinity;
  let size = 16;
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      size += sizeOf(item, limit, depth + 1);
      if (size > limit) return size;
    }
    return size;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  // Not a list of entries: this runs for every row of a run.
  for (const key in fields) {
    size += textSize(key) + sizeOf(fields[key], limit, depth + 1);
    if (size > limit) return size;
  }
  return size;
}

function textSize(text: string): number {
  const { length } = text;
  return 8 + (length <= LOOKED_AT_LENGTH || !ONE_BYTE.test(text) ? 2 * length : length);
}

/**
 * Whether plain data fits into one message to the page. Cheap for what is small; what may be just too large is measured
 * exactly.
 */
export function fitsMessage(value: unknown, maxBytes = MAX_MESSAGE_BYTES): boolean {
  if (messageSize(value, maxBytes) <= maxBytes) return true;
  // An estimate is at most some times too high: what is above that is too large for certain.
  if (messageSize(value, 8 * maxBytes) > 8 * maxBytes) return false;
  return serialize(value).length <= maxBytes;
}

/** A text that takes at most so many bytes in a message, and whether it had to be cut for that. */
export function cutText(text: string, maxBytes: number): { readonly text: string; readonly isCut: boolean } {
  if (textSize(text) <= maxBytes) return { text, isCut: false };
  const most = Math.max(0, maxBytes - 8);
  const start = text.slice(0, most);
  if (start.length < text.length ? ONE_BYTE.test(start) : false) return { text: start, isCut: true };
  return { text: text.slice(0, most >> 1), isCut: true };
}
