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

/** The value that {@link toWire} was given. */
export function fromWire(value: unknown): unknown {
  if (value instanceof Map)
    return new Map([...(value as Map<string, unknown>)].map(([key, item]) => [key, fromWire(item)]));
  if (Array.isArray(value)) return value.map(fromWire);
  if (typeof value !== 'object' || value === null) return value;
  if ('$secret' in value) return new Secret(fromWire(value.$secret));
  if ('$literal' in value) return new Literal(String(value.$literal));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromWire(item)]));
}
