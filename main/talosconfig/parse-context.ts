import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { formatNumber } from '../../preload/contract/format/numbers.ts';
import type { Problem } from '../../preload/contract/index.ts';
import { Secret } from '../lib/secret.ts';
import { fewProblems, linesInWords, MAX_LIST, MAX_LIST_LENGTH, MAX_TEXT_LENGTH } from '../yaml/bounds/few-problems.ts';
import type { RawAuth, RawContext, TalosctlTakes } from './raw-context.ts';
import {
  isDate,
  isUnset,
  looksLikeNumber,
  mapEntries,
  resolveAlias,
  scalarText,
  type MapEntry,
  type TextPosition,
  type YamlDocument,
} from '../yaml/yaml-document.ts';

const KNOWN = new Set(['target', 'endpoints', 'nodes', 'ca', 'crt', 'key', 'auth', 'cluster', 'proxy-url']);

/** Reads one entry of `contexts`. Never throws: what is wrong becomes a problem of this context. */
export function parseContext(yaml: YamlDocument, entry: MapEntry): RawContext {
  const reader = new FieldReader(yaml);
  const takes = readName(reader, entry);
  const base = { name: entry.name, line: entry.at.line, ...optional('talosctl', takes) };
  const value = resolveAlias(yaml, entry.pair.value);
  if (isUnset(value)) {
    reader.error(
      'This context is empty (null); talosctl crashes on it.',
      entry.at,
      undefined,
      'Remove it, or fill it in.',
    );
    return { ...base, ...EMPTY, talosctl: takes ?? 'crashes', problems: reader.problems };
  }
  if (!isMap(value)) {
    reader.error(
      'This context is not a mapping of fields.',
      entry.at,
      undefined,
      'Write endpoints, ca, crt and key below its name.',
    );
    return { ...base, ...EMPTY, talosctl: takes ?? 'refuses', problems: reader.problems };
  }
  const fields = reader.fieldsOf(value, '');
  const target = reader.text(fields.get('target'), 'target');
  const endpoints = reader.list(fields.get('endpoints'), 'endpoints');
  const all = target ? [...endpoints, target] : endpoints;
  if (all.length === 0 && reader.problems.length === 0) {
    reader.warn(
      'This context has no endpoints, so there is nothing to connect to.',
      entry.at,
      'endpoints',
      'Add the address of a control plane node.',
    );
  }
  const nodes = reader.list(fields.get('nodes'), 'nodes');
  const rest = {
    endpoints: all,
    nodes,
    ...optional('ca', reader.secret(fields.get('ca'), 'ca')),
    ...optional('crt', reader.secret(fields.get('crt'), 'crt')),
    ...optional('key', reader.secret(fields.get('key'), 'key')),
    ...optional('cluster', reader.text(fields.get('cluster'), 'cluster')),
    ...optional('proxyUrl', reader.text(fields.get('proxy-url'), 'proxy-url')),
    auth: readAuth(reader, fields.get('auth')),
    unknownFields: [...fields.keys()].filter((name) => !KNOWN.has(name)).slice(0, MAX_LIST),
  };
  return {
    ...base,
    ...rest,
    // It never looks into what it drops.
    ...optional('talosctl', takes ?? (reader.isRefused ? ('refuses' as const) : undefined)),
    problems: fewProblems(reader.problems, MAX_PROBLEMS),
  };
}

/** Names that YAML takes for something else than text, as far as talosctl minds. */
function readName(reader: FieldReader, { name, pair, at }: MapEntry): TalosctlTakes | undefined {
  const quote = 'Write the name in quotes.';
  if (isUnset(pair.key)) {
    const shown = name === '' ? 'an empty name' : `the name ${name}`;
    reader.warn(`talosctl leaves this context out: ${shown} without quotes is “nothing” in YAML.`, at, 'name', quote);
    return 'drops';
  }
  if (!isDate(pair.key)) return undefined;
  const message = `talosctl refuses the whole file: the name ${name} without quotes is a date in YAML.`;
  reader.warn(message, at, 'name', quote);
  return 'refuses';
}

/** Most problems of a context that are listed. */
const MAX_PROBLEMS = 50;

const QUOTES = 'Write it in quotes.';

const EMPTY = { endpoints: [], nodes: [], auth: {}, unknownFields: [] } as const;

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function readAuth(reader: FieldReader, entry: MapEntry | undefined): RawAuth {
  const auth = reader.map(entry, 'auth');
  const basic = reader.map(auth?.get('basic'), 'auth.basic');
  const siderov1 = reader.map(auth?.get('siderov1'), 'auth.siderov1');
  const username = reader.text(basic?.get('username'), 'auth.basic.username') ?? '';
  const password = reader.secret(basic?.get('password'), 'auth.basic.password') ?? new Secret('');
  const identity = reader.text(siderov1?.get('identity'), 'auth.siderov1.identity');
  return {
    ...(basic ? { basic: { username, password } } : {}),
    ...(identity === undefined ? {} : { siderov1: { identity } }),
  };
}

type Fields = ReadonlyMap<string, MapEntry>;

/** Longest `ca`, `crt`, `key` or password: all authorities of an operating system are half of it. */
const MAX_SECRET_LENGTH = 512 * 1024;

/** Reads typed fields of one context and collects what is wrong. */
class FieldReader {
  readonly problems: Problem[] = [];
  /** talosctl cannot read the whole file because of a field. */
  isRefused = false;
  readonly #yaml: YamlDocument;

  constructor(yaml: YamlDocument) {
    this.#yaml = yaml;
  }

  error(message: string, at: TextPosition, field?: string, hint?: string): void {
    this.#add('error', message, at, field, hint);
  }

  /** An error for which talosctl refuses the whole file. */
  refuse(message: string, at: TextPosition, field?: string, hint?: string): void {
    this.isRefused = true;
    this.error(message, at, field, hint);
  }

  warn(message: string, at: TextPosition, field?: string, hint?: string): void {
    this.#add('warning', message, at, field, hint);
  }

  #add(severity: Problem['severity'], message: string, at: TextPosition, field?: string, hint?: string): void {
    this.problems.push({ severity, message, ...at, ...optional('field', field), ...optional('hint', hint) });
  }

  /** Entries by name; the first of a duplicate counts, and the duplicate is a problem. */
  fieldsOf(map: YAMLMap, prefix: string): Fields {
    const { entries, duplicates, oddKeysAt } = mapEntries(this.#yaml, map);
    for (const [name, places] of duplicates) {
      const lines = linesInWords(places);
      this.refuse(
        `“${name.slice(0, 100)}” appears more than once, on lines ${lines}.`,
        places[1] ?? { line: 1, column: 1 },
        prefix + name.slice(0, 100),
        'Keep one of them.',
      );
    }
    for (const at of oddKeysAt) this.refuse('A field name is not text.', at);
    const merge = entries.find((e) => e.name === '<<');
    if (merge) this.error('Merge keys (<<) are not supported.', merge.at, `${prefix}<<`, 'Write the fields out.');
    const fields = new Map<string, MapEntry>();
    for (const entry of entries) if (!fields.has(entry.name)) fields.set(entry.name, entry);
    return fields;
  }

  map(entry: MapEntry | undefined, field: string): Fields | undefined {
    const node = this.#value(entry);
    if (!entry || isUnset(node)) return undefined;
    if (isMap(node)) return this.fieldsOf(node, `${field}.`);
    this.refuse(`“${field}” is not a mapping.`, entry.at, field);
    return undefined;
  }

  /** A text field; empty counts as unset, as in talosctl. */
  text(entry: MapEntry | undefined, field: string, maxLength = MAX_TEXT_LENGTH): string | undefined {
    const node = this.#value(entry);
    if (!entry || isUnset(node)) return undefined;
    if (isDate(node)) {
      this.refuse(`“${field}” is a date in YAML; talosctl refuses the whole file.`, entry.at, field, QUOTES);
      return undefined;
    }
    if (isScalar(node)) {
      if (scalarText(node).length <= maxLength) return scalarText(node) === '' ? undefined : scalarText(node);
      this.error(`“${field}” is longer than ${formatNumber(maxLength)} characters.`, entry.at, field);
      return undefined;
    }
    this.refuse(`“${field}” is not text.`, entry.at, field);
    return undefined;
  }

  secret(entry: MapEntry | undefined, field: string): Secret | undefined {
    const text = this.text(entry, field, MAX_SECRET_LENGTH);
    return text === undefined ? undefined : new Secret(text);
  }

  list(entry: MapEntry | undefined, field: string): readonly string[] {
    const node = this.#value(entry);
    if (!entry || isUnset(node)) return [];
    if (!isSeq(node)) {
      this.refuse(`“${field}” is not a list.`, entry.at, field, `Write each of them on its own line with a dash.`);
      return [];
    }
    if (node.items.length > MAX_LIST) {
      const message = `“${field}” has ${formatNumber(node.items.length)} entries; at most ${formatNumber(MAX_LIST)} are read.`;
      this.error(message, entry.at, field, 'Name fewer of them.');
      return [];
    }
    const items = (node.items as (Node | null)[]).map((item, index) =>
      this.#item(item, `${field}[${index}]`, entry.at),
    );
    const found = items.filter((item) => item !== undefined);
    if (found.reduce((length, item) => length + item.length, 0) <= MAX_LIST_LENGTH) return found;
    this.error(`“${field}” is longer than ${formatNumber(MAX_LIST_LENGTH)} characters.`, entry.at, field);
    return [];
  }

  #item(item: Node | null, field: string, listAt: TextPosition): string | undefined {
    const node = resolveAlias(this.#yaml, item);
    const at = item?.range ? this.#yaml.positionOf(item.range[0]) : listAt;
    if (isUnset(node)) {
      // Nothing is not an empty text: talosctl passes over it.
      this.warn(`“${field}” is empty.`, at, field, 'Write an address, or remove the line.');
      return undefined;
    }
    if (isDate(node)) {
      this.refuse(`“${field}” is a date in YAML; talosctl refuses the whole file.`, at, field, QUOTES);
      return undefined;
    }
    if (!node || !isScalar(node)) {
      this.refuse(`“${field}” is not text.`, at, field, 'Write one address per line.');
      return undefined;
    }
    if (scalarText(node).length > MAX_TEXT_LENGTH) {
      this.error(`“${field}” is longer than ${formatNumber(MAX_TEXT_LENGTH)} characters.`, at, field);
      return undefined;
    }
    if (scalarText(node) === '') this.error(`“${field}” is empty.`, at, field, 'Write an address, or remove the line.');
    else if (looksLikeNumber(node)) this.warn(`“${field}” is a number, not an address.`, at, field);
    return scalarText(node);
  }

  #value(entry: MapEntry | undefined): Node | null {
    return resolveAlias(this.#yaml, entry?.pair.value);
  }
}
