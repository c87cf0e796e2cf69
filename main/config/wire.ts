import { Secret } from '../lib/secret.ts';
import { Literal } from './plain-value.ts';

/**
 * Values on their way to and from the worker. Structured clone drops what classes keep private, so secrets and literals
 * travel as tagged objects. Names of users are keys of Maps only, so the tags cannot be met by accident. What is shared
 * stays shared: aliases may make a small text a value that nobody could write out.
 */
export function toWire(value: unknown): unknown {
  return eachOnce((one, convert) => {
    if (one instanceof Secret) return { $secret: convert(one.reveal()) };
    if (one instanceof Literal) return { $literal: one.text };
    if (one instanceof Map) {
      return new Map([...(one as Map<string, unknown>)].map(([key, item]) => [key, convert(item)]));
    }
    if (Array.isArray(one)) return one.map(convert);
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, convert(item)]));
  })(value);
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
    if ('$secret' in one) return new Secret(convert(one.$secret));
    if ('$literal' in one) return new Literal(String(one.$literal));
    // Lists and plain objects; structured clone makes their fields their own.
    const fields = one as Record<string, unknown>;
    for (const key of Object.keys(fields)) if (isObject(fields[key])) fields[key] = convert(fields[key]);
    return fields;
  })(value);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Converts objects, each once however often it is shared; `convert` goes on inside one. Other values stay as they are. */
function eachOnce(
  convertObject: (one: object, convert: (part: unknown) => unknown) => unknown,
): (value: unknown) => unknown {
  const done = new Map<object, unknown>();
  const convert = (one: unknown): unknown => {
    if (!isObject(one)) return one;
    const known = done.get(one);
    if (known !== undefined) return known;
    const converted = convertObject(one, convert);
    done.set(one, converted);
    return converted;
  };
  return convert;
}
