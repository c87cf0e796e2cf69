import { Failed } from '../lib/failed.ts';
import type { Crossing } from '../lib/job-messages.ts';
import { Secret } from '../lib/secret.ts';
import { Literal } from '../yaml/plain-value.ts';

/** Texts from this length on cross once, however often they are used: certificates that all contexts of a file share. */
const SHARED_LENGTH = 256;
/** Most objects, lists and texts of one value: some five times those of 10,000 contexts. */
const MAX_PARTS = 4_000_000;

/**
 * Values on their way to and from the worker. Structured clone drops what classes keep private, so secrets and literals
 * travel as tagged objects. Names of users are keys of Maps only, so the tags cannot be met by accident. What is shared
 * stays shared, also long texts: aliases, and users that many contexts name, may make a small text a value that nobody
 * could write out. Throws Failed `too-large` for a value of more parts than any file has.
 */
export function toWire(value: unknown): unknown {
  const texts = new Map<string, object>();
  const ofText = (text: string): unknown => {
    if (text.length < SHARED_LENGTH) return text;
    const known = texts.get(text) ?? { $text: text };
    texts.set(text, known);
    return known;
  };
  let parts = 0;
  const count = (more: number): void => {
    if ((parts += more) > MAX_PARTS) throw new Failed({ code: 'too-large', message: 'This file holds too much.' });
  };
  return eachOnce((one, convert) => {
    if (one instanceof Secret) return { $secret: ofText((one as Secret).reveal()) };
    if (one instanceof Literal) return { $literal: one.text };
    if (one instanceof Map) {
      count(one.size * 2);
      return new Map([...(one as Map<string, unknown>)].map(([key, item]) => [key, convert(item)]));
    }
    if (Array.isArray(one)) {
      count(one.length);
      return one.map(convert);
    }
    const fields = Object.entries(one);
    count(fields.length);
    return Object.fromEntries(fields.map(([key, item]) => [key, convert(item)]));
  }, ofText)(value);
}

/**
 * The value that {@link toWire} was given. What arrived is nobody else's, so it is changed in place: a file of ten thousand
 * contexts would take long to copy once more.
 */
export function fromWire(value: unknown): unknown {
  return eachOnce((one, convert) => {
    if (one instanceof Map) {
      const map = one as Map<unknown, unknown>;
      for (const [key, item] of map) if (isObject(item)) map.set(key, convert(item));
      return map;
    }
    if ('$text' in one) return one.$text;
    if ('$secret' in one) return new Secret(String(convert(one.$secret)));
    if ('$literal' in one) return new Literal(String(one.$literal));
    // Lists and plain objects; structured clone makes their fields their own.
    const fields = one as Record<string, unknown>;
    for (const key of Object.keys(fields)) if (isObject(fields[key])) fields[key] = convert(fields[key]);
    return fields;
  })(value);
}

/** Secrets and literals on their way to and from the threads. */
export const CROSSING: Crossing = { toWire, fromWire };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Converts objects, each once however often it is shared; `convert` goes on inside one. Other values stay as they are. */
function eachOnce(
  convertObject: (one: object, convert: (part: unknown) => unknown) => unknown,
  convertText: (text: string) => unknown = (text) => text,
): (value: unknown) => unknown {
  const done = new Map<object, unknown>();
  const convert = (one: unknown): unknown => {
    if (typeof one === 'string') return convertText(one);
    if (!isObject(one)) return one;
    const known = done.get(one);
    if (known !== undefined) return known;
    const converted = convertObject(one, convert);
    done.set(one, converted);
    return converted;
  };
  return convert;
}
