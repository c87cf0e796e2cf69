import { isIP } from 'node:net';
import { Literal, type PlainValue } from '../../yaml/plain-value.ts';

/** What Go's decoder takes for a boolean where one is wanted. */
const BOOLEANS: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, y: true },
  ...{ false: false, no: false, off: false, n: false },
};

/** The boolean that a scalar means; undefined for anything else. */
export function booleanOf(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(BOOLEANS, word) ? BOOLEANS[word] : undefined;
}

/** The number that a YAML integer means, in any of its spellings; undefined for anything else, also for quoted ones. */
export function integerOf(value: PlainValue): bigint | undefined {
  if (!(value instanceof Literal)) return undefined;
  const text = value.text.replaceAll('_', '');
  const [, sign = '', digits = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  // A leading zero is octal for the decoder that Talos uses: `permissions: 0644`.
  const spelled = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  if (!/^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(spelled)) return undefined;
  const number = BigInt(spelled.toLowerCase());
  return sign === '-' ? -number : number;
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Nanoseconds of a duration as Go writes it (`1h30m`, `500ms`, `0`); undefined for anything else. */
export function durationOf(text: string): bigint | undefined {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  if (body === '0') return 0n;
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined;
  let total = 0n;
  for (const [, whole = '', part = '', unit = ''] of body.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const size = UNITS[unit] ?? 0n;
    total += BigInt(whole || '0') * size + (part === '' ? 0n : (BigInt(part) * size) / 10n ** BigInt(part.length));
  }
  return sign === '-' ? -total : total;
}

/** A size in bytes with its unit: `100GiB`, `5 MB`, `1024`. */
export const isByteSize = (text: string): boolean => /^-?\d+(?:\.\d+)?\s*(?:[kmgtpe]i?)?b?$/i.test(text);

/** `10.0.0.0/8`, `fd00::/64`. */
export function isSubnet(text: string): boolean {
  const [, address = '', bits = ''] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/** The text of a scalar, however it is spelled; undefined for lists and mappings. Nothing is the empty text. */
export function plainText(value: PlainValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Literal) return value.isNull ? '' : value.text;
  return value === undefined ? '' : undefined;
}

/** True for what stands for nothing: a value that is missing, or null in any spelling. */
export const isNothing = (value: PlainValue | undefined): value is undefined | Literal =>
  value === undefined || (value instanceof Literal && value.isNull);
