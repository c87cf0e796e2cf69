import { isMap, isSeq, type Node } from 'yaml';
import {
  isPlainList,
  isPlainMap,
  Literal,
  plainOf,
  type PlainMap,
  type PlainOptions,
  type PlainValue,
} from '../yaml/plain-value.ts';
import {
  invalidAt,
  mapEntries,
  parseYaml,
  resolveAlias,
  type ParseYamlOptions,
  type TextPosition,
  type YamlDocument,
} from '../yaml/yaml-document.ts';

/** The three lists of a kubeconfig and the field that holds an entry's value. */
export const VALUE_FIELD = { clusters: 'cluster', users: 'user', contexts: 'context' } as const;

/** One of the three lists. */
export type Section = keyof typeof VALUE_FIELD;

/** The lists in the order they are merged: contexts name the other two. */
export const SECTIONS: readonly Section[] = ['clusters', 'users', 'contexts'];

/** One named cluster, user or context. */
export interface KubeEntry {
  readonly name: string;
  /** What stands under `cluster`, `user` or `context`; empty when nothing does. Holds keys: never shown, never logged. */
  readonly value: PlainMap;
  readonly at: TextPosition;
}

/** A kubeconfig as written. Entries are in the order of the file. */
export interface Kubeconfig {
  readonly yaml: YamlDocument;
  /** The whole document as it is spelled, for edits; empty when the text holds none. */
  readonly plain: PlainMap;
  /** True when it copies fields with merge keys: the entries below have them, `plain` does not. */
  readonly hasMerges: boolean;
  readonly clusters: ReadonlyMap<string, KubeEntry>;
  readonly users: ReadonlyMap<string, KubeEntry>;
  readonly contexts: ReadonlyMap<string, KubeEntry>;
  /** `''` when unset. */
  readonly currentContext: string;
  /** Where a name appears twice in one mapping: kubectl takes the last one; only with `forReading`. */
  readonly repeatedAt?: TextPosition;
}

/** Options of {@link parseKubeconfig}. */
export interface ParseKubeconfigOptions extends ParseYamlOptions {
  /** Takes what kubectl takes, also what cannot be edited; `plain` is then what it means. */
  readonly forReading?: boolean;
}

/**
 * Reads a kubeconfig, YAML or JSON. An empty text is an empty kubeconfig. Throws Failed `file-invalid` with line and
 * column for what kubectl refuses as well: a list that is none, an entry that is no mapping, a name that appears twice.
 */
export function parseKubeconfig(text: string, file?: string, options: ParseKubeconfigOptions = {}): Kubeconfig {
  const yaml = parseYaml(text, file, options);
  const hasMerges = yaml.root !== undefined && text.includes('<<');
  let repeatedAt: TextPosition | undefined;
  const onRepeated = (at: TextPosition): void => {
    if (repeatedAt === undefined || at.line < repeatedAt.line) repeatedAt = at;
  };
  const plainWith = (more: PlainOptions): PlainValue =>
    yaml.root === undefined ? new Map<string, PlainValue>() : plainOf(yaml, file, more);
  const meantOptions = { resolveMerges: true, ...(options.forReading && { onRepeated }) };
  const meant = plainWith(options.forReading || hasMerges ? meantOptions : {});
  const plain = hasMerges && !options.forReading ? plainWith({}) : meant;
  if (!isPlainMap(plain) || !isPlainMap(meant))
    throw invalidAt('a kubeconfig must be a mapping.', { line: 1, column: 1 }, file);
  return {
    yaml,
    plain,
    hasMerges,
    clusters: entriesOf(yaml, meant, 'clusters', file),
    users: entriesOf(yaml, meant, 'users', file),
    contexts: entriesOf(yaml, meant, 'contexts', file),
    currentContext: textOf(meant.get('current-context')),
    ...(repeatedAt && { repeatedAt }),
  };
}

/** The text of a scalar; `''` for anything else and for null. */
export function textOf(value: PlainValue | undefined): string {
  if (typeof value === 'string') return value;
  if (value === undefined || isPlainList(value) || isPlainMap(value)) return '';
  return value.isNull ? '' : value.text;
}

/** Nothing, or null: what kubectl takes for an empty list or text. */
export function isUnsetValue(value: PlainValue | undefined): boolean {
  if (value === undefined) return true;
  return value instanceof Literal && value.isNull;
}

/** The items of one list as plain values; empty when it is not there. */
export function itemsOf(plain: PlainMap, section: Section): readonly PlainValue[] {
  const list = plain.get(section);
  return isPlainList(list) ? list : [];
}

/** The name of one item of a list. */
export const itemName = (item: PlainValue): string => (isPlainMap(item) ? textOf(item.get('name')) : '');

function entriesOf(
  yaml: YamlDocument,
  plain: PlainMap,
  section: Section,
  file: string | undefined,
): ReadonlyMap<string, KubeEntry> {
  const entries = new Map<string, KubeEntry>();
  const list = plain.get(section);
  if (isUnsetValue(list)) return entries;
  const places = itemPositions(yaml, section);
  if (!isPlainList(list)) throw invalidAt(`${section} must be a list.`, places.list, file);
  list.forEach((written, index) => {
    const at = places.items[index] ?? places.list;
    // An entry that is null is one without a name.
    const item = isUnsetValue(written) ? new Map<string, PlainValue>() : written;
    if (!isPlainMap(item)) throw invalidAt(`an entry of ${section} is not a mapping.`, at, file);
    const name = itemName(item);
    const known = entries.get(name);
    if (known) {
      const message = `the name of this entry of ${section} appears twice, also on line ${known.at.line}; kubectl refuses such a file.`;
      throw invalidAt(message, at, file);
    }
    const value = item.get(VALUE_FIELD[section]);
    entries.set(name, { name, value: isPlainMap(value) ? value : new Map<string, PlainValue>(), at });
  });
  return entries;
}

function itemPositions(
  yaml: YamlDocument,
  section: Section,
): { readonly list: TextPosition; readonly items: readonly TextPosition[] } {
  const node = sectionNode(yaml, section);
  const at = (one: Node | null): TextPosition => yaml.positionOf(one?.range?.[0] ?? 0);
  return { list: at(node), items: isSeq(node) ? (node.items as (Node | null)[]).map(at) : [] };
}

/** The node of one list, aliases followed; null when it is not there. */
function sectionNode(yaml: YamlDocument, section: Section): Node | null {
  if (!isMap(yaml.root)) return null;
  const entry = mapEntries(yaml, yaml.root).entries.findLast(({ name }) => name === section);
  return resolveAlias(yaml, entry?.pair.value);
}
