import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { isYamlNull } from '../../preload/contract/index.ts';
import {
  invalidAt,
  isUnset,
  looksLikeNumber,
  mapEntries,
  scalarText,
  type MapEntry,
  type TextPosition,
  type YamlDocument,
} from './yaml-document.ts';
import { isMergeKey, mergeSources } from './yaml-merges.ts';

/**
 * A scalar that other tools do not read as text: a number, boolean or null, as it is spelled. Kept apart from a string
 * so that no edit turns `"010"` into `010`.
 */
export class Literal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Nothing, in any of the ways YAML spells it. */
  get isNull(): boolean {
    return isYamlNull(this.text);
  }
}

/** What a YAML text means, computed without its layout. Maps keep the order of the text. */
export type PlainValue = string | Literal | readonly PlainValue[] | PlainMap;

/** A mapping, in the order of the text. */
export type PlainMap = ReadonlyMap<string, PlainValue>;

/** True for a mapping. */
export const isPlainMap = (value: PlainValue | undefined): value is PlainMap => value instanceof Map;

/** True for a list. */
export const isPlainList = (value: PlainValue | undefined): value is readonly PlainValue[] => Array.isArray(value);

/** Options of {@link plainOf}. */
export interface PlainOptions {
  /** Writes out merge keys (`<<: *name`) as kubectl does; else `<<` is a name like any other, as edits need it. */
  readonly resolveMerges?: boolean;
  /** Called for a name that appears twice in one mapping; the last one wins then, as for kubectl. Missing: it is refused. */
  readonly onRepeated?: (at: TextPosition) => void;
}

/** The plain value of a whole document. Throws Failed `file-invalid` for what an edit could not be proven on, such as duplicate names. */
export function plainOf(yaml: YamlDocument, file?: string, options?: PlainOptions): PlainValue {
  if (options !== undefined) return computed(yaml, file, options);
  const known = plains.get(yaml) ?? computed(yaml, file, {});
  plains.set(yaml, known);
  return known;
}

/** What documents mean, as long as somebody has them: values that stay the same ones are compared at once. */
const plains = new WeakMap<YamlDocument, PlainValue>();

function computed(yaml: YamlDocument, file: string | undefined, options: PlainOptions): PlainValue {
  const { resolveMerges = false, onRepeated } = options;
  const done = new Map<Node, PlainValue>();
  const begun = new Set<Node>();
  const convert = (node: Node | null | undefined): PlainValue => {
    if (!node) return new Literal('');
    const known = done.get(node);
    if (known !== undefined) return known;
    // An alias shares its value instead of copying it, so that alias bombs stay small.
    const target = yaml.aliases.get(node);
    if (target && begun.has(target) && !done.has(target)) {
      throw invalidAt('an alias to what it is part of; Minos does not edit such a file.', positionOf(node), file);
    }
    begun.add(node);
    const value = target ? convert(target) : convertOne(node);
    done.set(node, value);
    return value;
  };
  const positionOf = (node: Node): TextPosition => yaml.positionOf(node.range?.[0] ?? 0);
  const convertOne = (node: Node): PlainValue => {
    if (isMap(node)) {
      if (!resolveMerges && hasPlainNames(node))
        return new Map(
          (node.items as Pair<Node | null, Node | null>[]).map(({ key, value }) => [scalarText(key), convert(value)]),
        );
      const { entries, duplicates, oddKeysAt } = mapEntries(yaml, node);
      const [odd] = oddKeysAt;
      if (odd) throw invalidAt('a name that is not text; Minos does not edit such a file.', odd, file);
      for (const [, [first, second]] of duplicates) {
        if (first && second && !onRepeated)
          throw invalidAt(`a name appears twice, also on line ${first.line}.`, second, file);
        if (second) onRepeated?.(second);
      }
      if (resolveMerges && entries.some(({ pair }) => isMergeKey(pair.key)))
        return mergedMap(entries, (entry) => mergeSources(yaml, entry, file).map(convert), convert);
      return new Map(entries.map((entry) => [entry.name, convert(entry.pair.value)]));
    }
    if (isSeq(node)) return (node.items as (Node | Pair | null)[]).map((item) => convert(item as Node | null));
    if (!isScalar(node)) throw invalidAt('something that Minos does not edit.', positionOf(node), file);
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return isUnset(node) || looksLikeNumber(node) ? new Literal(text) : text;
  };
  return convert(yaml.root);
}

/** True for a mapping whose names are texts that are written out, each once: nothing has to be said of them. */
function hasPlainNames({ items }: YAMLMap): boolean {
  const names = new Set<string>();
  for (const { key } of items as Pair<Node | null, Node | null>[]) {
    if (key !== null && !isScalar(key)) return false;
    names.add(scalarText(key));
  }
  return names.size === items.length;
}

/** In the order of the text, as kubectl's parser: what comes later wins, be it merged or written out. */
function mergedMap(
  entries: readonly MapEntry[],
  sourcesOf: (entry: MapEntry) => readonly PlainValue[],
  convert: (node: Node | null) => PlainValue,
): PlainMap {
  const merged = new Map<string, PlainValue>();
  for (const entry of entries) {
    if (!isMergeKey(entry.pair.key)) merged.set(entry.name, convert(entry.pair.value));
    else
      for (const source of sourcesOf(entry))
        if (isPlainMap(source)) for (const [name, value] of source) merged.set(name, value);
  }
  return merged;
}

/** Deep equality, order of names included. What aliases share is compared once, so that bombs of them take no time. */
export function isSameValue(a: PlainValue, b: PlainValue): boolean {
  const compared = new Map<PlainValue, Set<PlainValue>>();
  const isCompared = (x: PlainValue, y: PlainValue): boolean => {
    const known = compared.get(x) ?? new Set();
    compared.set(x, known);
    return known.has(y) || !known.add(y);
  };
  const same = (x: PlainValue, y: PlainValue): boolean => {
    if (x === y) return true;
    if (typeof x === 'string' || typeof y === 'string') return false;
    if (x instanceof Literal || y instanceof Literal)
      return x instanceof Literal && y instanceof Literal && (x.text === y.text || (x.isNull && y.isNull));
    // Where a pair differs, the whole differs: one that was met before is not what decides.
    if (isPlainMap(x) && isPlainMap(y)) {
      if (x.size !== y.size) return false;
      if (isCompared(x, y)) return true;
      const others = y.entries();
      for (const [name, value] of x) {
        const other = others.next().value;
        if (!other || other[0] !== name || !same(value, other[1])) return false;
      }
      return true;
    }
    if (!isPlainList(x) || !isPlainList(y) || x.length !== y.length) return false;
    return isCompared(x, y) || x.every((item, i) => same(item, y[i] ?? ''));
  };
  return same(a, b);
}

/** How many characters a value has when everything shared is written out; `Infinity` for what nobody could write. */
export function writtenLength(value: PlainValue): number {
  const known = new Map<PlainValue, number>();
  const lengthOf = (one: PlainValue): number => {
    if (typeof one === 'string') return one.length + 2;
    if (one instanceof Literal) return one.text.length + 2;
    const before = known.get(one);
    if (before !== undefined) return before;
    let length = 2;
    if (isPlainMap(one)) for (const [name, item] of one) length += name.length + 2 + lengthOf(item);
    else for (const item of one) length += lengthOf(item);
    known.set(one, length);
    return length;
  };
  return lengthOf(value);
}

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
