/** Largest request the page may send, counted over its texts, numbers and fields. */
export const MAX_REQUEST_SIZE = 1024 * 1024;

/** What the preload sends main in place of a request that is larger: main has the words for it. */
export const TOO_LARGE_REQUEST = 'minos:too-large-request';

/** The same for a request that holds something that is not plain data. */
export const NOT_PLAIN_REQUEST = 'minos:not-plain-request';

/** The least that anything counts, also an empty text or a hole in a list: so a walk ends after limit / 8 steps. */
const LEAST = 8;

/** Plain data of the page has no reason to be deeper. */
const MAX_DEPTH = 12;

/**
 * Roughly how much a value from the page holds, known before anything else walks it: `Infinity` above `limit`, when it is
 * deeper than a request can be, or part of itself; `not-plain` for anything but texts, numbers, booleans, null, undefined,
 * lists and plain objects. A list is judged by its length before its items, and no list of keys is made. What is shared
 * counts each time it is met.
 */
export function plainSize(value: unknown, limit = MAX_REQUEST_SIZE): number | 'not-plain' {
  const counter = { left: limit };
  const verdict = count(value, MAX_DEPTH, counter);
  if (verdict === 'not-plain') return verdict;
  return verdict === 'fits' ? limit - counter.left : Infinity;
}

type Verdict = 'fits' | 'too-large' | 'not-plain';

function take(counter: { left: number }, size: number): Verdict {
  counter.left -= Math.max(LEAST, size);
  return counter.left < 0 ? 'too-large' : 'fits';
}

function count(value: unknown, depth: number, counter: { left: number }): Verdict {
  if (typeof value === 'string') return take(counter, value.length);
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return take(counter, LEAST);
  }
  if (typeof value !== 'object') return 'not-plain';
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    return value.byteLength > counter.left ? 'too-large' : 'not-plain';
  }
  if (take(counter, LEAST) !== 'fits') return 'too-large';
  if (depth === 0) return 'too-large';
  if (Array.isArray(value)) return countList(value as unknown[], depth, counter);
  return isPlainObject(value) ? countFields(value, depth, counter) : 'not-plain';
}

function countList(list: readonly unknown[], depth: number, counter: { left: number }): Verdict {
  if (list.length * LEAST > counter.left) return 'too-large';
  for (let index = 0; index < list.length; index += 1) {
    const verdict = count(list[index], depth - 1, counter);
    if (verdict !== 'fits') return verdict;
  }
  return 'fits';
}

function countFields(fields: object, depth: number, counter: { left: number }): Verdict {
  for (const key in fields) {
    if (take(counter, key.length) !== 'fits') return 'too-large';
    const verdict = count((fields as Record<string, unknown>)[key], depth - 1, counter);
    if (verdict !== 'fits') return verdict;
  }
  return 'fits';
}

/** Its prototype is none, or the `Object.prototype` of some world: a Map's, an Error's or a Date's is not. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
