import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { invalidAt, isUnset, looksLikeNumber, mapEntries, type YamlDocument } from './yaml-document.ts';

/**
 * A scalar that other tools do not read as text: a number, boolean or null, as it is spelled. Kept apart from a string
 * so that no edit turns `"010"` into `010`.
 */
export class Literal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a YAML text means, computed without its layout. Maps keep the order of the text. */
export type PlainValue = string | Literal | readonly PlainValue[] | PlainMap;
export type PlainMap = ReadonlyMap<string, PlainValue>;

export const isPlainMap = (value: PlainValue | undefined): value is PlainMap => value instanceof Map;
export const isPlainList = (value: PlainValue | undefined): value is readonly PlainValue[] => Array.isArray(value);

/** The plain value of a whole document. Throws Failed `file-invalid` for what an edit could not be proven on, such as duplicate names. */
export function plainOf(yaml: YamlDocument, file?: string): PlainValue {
  const done = new Map<Node, PlainValue>();
  const convert = (node: Node | null | undefined): PlainValue => {
    if (!node) return new Literal('');
    const known = done.get(node);
    if (known !== undefined) return known;
    // An alias shares its value instead of copying it, so that alias bombs stay small.
    const target = yaml.aliases.get(node);
    const value = target ? convert(target) : convertOne(node);
    done.set(node, value);
    return value;
  };
  const convertOne = (node: Node): PlainValue => {
    if (isMap(node)) {
      const { entries, duplicates, oddKeysAt } = mapEntries(yaml, node);
      const [odd] = oddKeysAt;
      if (odd) throw invalidAt('a name that is not text; Minos does not edit such a file.', odd, file);
      for (const [, [first, second]] of duplicates) {
        if (first && second) throw invalidAt(`a name appears twice, also on line ${first.line}.`, second, file);
      }
      return new Map(entries.map((entry) => [entry.name, convert(entry.pair.value)]));
    }
    if (isSeq(node)) return (node.items as (Node | Pair | null)[]).map((item) => convert(item as Node | null));
    if (!isScalar(node))
      throw invalidAt('something that Minos does not edit.', yaml.positionOf(node.range?.[0] ?? 0), file);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return isUnset(node) || looksLikeNumber(node) ? new Literal(text) : text;
  };
  return convert(yaml.root);
}

/** Deep equality, order of names included. Gives up (false) on values that alias bombs make too large to compare. */
export function isSameValue(a: PlainValue, b: PlainValue): boolean {
  let steps = 0;
  const same = (x: PlainValue, y: PlainValue): boolean => {
    if (x === y) return true;
    if (++steps > MAX_STEPS) return false;
    if (typeof x === 'string' || typeof y === 'string') return false;
    if (x instanceof Literal || y instanceof Literal)
      return x instanceof Literal && y instanceof Literal && x.text === y.text;
    if (isPlainMap(x) && isPlainMap(y)) {
      if (x.size !== y.size) return false;
      const others = y.entries();
      for (const [name, value] of x) {
        const other = others.next().value;
        if (!other || other[0] !== name || !same(value, other[1])) return false;
      }
      return true;
    }
    if (isPlainList(x) && isPlainList(y)) return x.length === y.length && x.every((item, i) => same(item, y[i] ?? ''));
    return false;
  };
  return same(a, b);
}

const MAX_STEPS = 5_000_000;

/** `wanted` with the names of `old` first and in their order, which is where splices leave them. Shares what is unchanged. */
export function inOldOrder(old: PlainValue | undefined, wanted: PlainValue): PlainValue {
  if (old === wanted || !isPlainMap(old) || !isPlainMap(wanted)) return wanted;
  const result = new Map<string, PlainValue>();
  for (const [name, value] of old) {
    const next = wanted.get(name);
    if (next !== undefined) result.set(name, inOldOrder(value, next));
  }
  for (const [name, value] of wanted) if (!result.has(name)) result.set(name, value);
  return result;
}
