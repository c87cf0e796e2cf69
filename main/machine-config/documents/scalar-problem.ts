import { isIP } from 'node:net';
import { Literal, type PlainValue } from '../../yaml/plain-value.ts';
import { booleanOf, durationOf, integerOf, isByteSize, isSubnet, plainText } from './scalars.ts';

type Rule = (text: string, value: PlainValue) => boolean;

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
const isAddressWithPort: Rule = (text) => {
  const [, address = '', port = ''] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text) ?? [];
  return isIP(address) !== 0 && isPort(port);
};

/** What a scalar must be when it is loaded, by its word in the schema, and how that is said. Others are any text. */
const RULES: Readonly<Record<string, readonly [Rule, string]>> = {
  int: [(_, value) => integerOf(value) !== undefined, 'a whole number'],
  uint: [(_, value) => (integerOf(value) ?? -1n) >= 0n, 'a whole number that is not negative'],
  'octal mode': [(_, value) => integerOf(value) !== undefined, 'a number such as 0o644'],
  bool: [(text) => booleanOf(text) !== undefined, 'true or false'],
  duration: [(text) => durationOf(text) !== undefined, 'a duration such as 1m30s'],
  bytesize: [isByteSize, 'a size such as 100GiB'],
  'size (bytes or N%)': [(text) => isByteSize(text) || /^\d+(?:\.\d+)?%$/.test(text), 'a size such as 100GiB or 50%'],
  base64: [(text) => /^[A-Za-z0-9+/\s]*(?:={1,2}\s*)?$/.test(text), 'base64'],
  ip: [(text) => isIP(text) !== 0, 'an IP address'],
  cidr: [isSubnet, 'an address with its prefix, such as 10.0.0.0/16'],
  'ip:port': [isAddressWithPort, 'an address with a port, such as 10.0.0.1:51820'],
  mac: [(text) => /^(?:[0-9a-f]{2}[:-]?)+$/i.test(text), 'pairs of hexadecimal digits'],
  'port|from-to': [(text) => text.split('-').every((part) => isPort(part.trim())), 'a port or a range such as 80-90'],
};

/** What is wrong with a scalar of this word; undefined when Talos would load it. Nothing and the empty text always load. */
export function scalarProblem(word: string, value: PlainValue): string | undefined {
  const rule = RULES[word];
  const text = plainText(value);
  if (text === undefined) return 'one value, not a list or a mapping';
  if (rule === undefined || (value instanceof Literal && value.isNull)) return undefined;
  if (text === '' && word !== 'int' && word !== 'uint' && word !== 'bool') return undefined;
  return rule[0](text, value) ? undefined : rule[1];
}
