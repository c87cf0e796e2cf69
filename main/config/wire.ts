import { Secret } from '../lib/secret.ts';
import { Literal } from './plain-value.ts';

/**
 * Values on their way to and from the worker. Structured clone drops what classes keep private, so secrets and literals
 * travel as tagged objects. Names of users are keys of Maps only, so the tags cannot be met by accident.
 */
export function toWire(value: unknown): unknown {
  if (value instanceof Secret) return { $secret: toWire(value.reveal()) };
  if (value instanceof Literal) return { $literal: value.text };
  if (value instanceof Map)
    return new Map([...(value as Map<string, unknown>)].map(([key, item]) => [key, toWire(item)]));
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item)]));
}

/**
 * The value that {@link toWire} was given. What arrived is nobody else's, so it is changed in place: a file of ten thousand
 * contexts would take long to copy once more.
 */
export function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Map) {
    const map = value as Map<unknown, unknown>;
    for (const [key, item] of map) if (isObject(item)) map.set(key, fromWire(item));
    return map;
  }
  if ('$secret' in value) return new Secret(fromWire(value.$secret));
  if ('$literal' in value) return new Literal(String(value.$literal));
  // Lists and plain objects; structured clone makes their fields their own.
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) if (isObject(fields[key])) fields[key] = fromWire(fields[key]);
  return fields;
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
