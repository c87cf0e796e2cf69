import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { invalidAt, mapEntries, resolveAlias, scalarText, type YamlDocument } from '../yaml/yaml-document.ts';
import { isMergeKey, mergeSources } from '../yaml/yaml-merges.ts';
import { goKind } from './go-scalar.ts';
import { KUBECONFIG, type Shape } from './kubectl-fields.ts';

/**
 * Throws Failed `file-invalid` at the line of what makes kubectl refuse the whole file although it is YAML: a number or a
 * boolean where it wants text, a list for a mapping, no base64, another kind of document. Linear: what aliases share is
 * looked at once.
 */
export function refuseAsKubectl(yaml: YamlDocument, file?: string): void {
  if (yaml.root === undefined) return;
  new Judge(yaml, file).judge(yaml.root);
}

class Judge {
  readonly #yaml: YamlDocument;
  readonly #file: string | undefined;
  readonly #seen = new Map<Shape, Set<Node>>();

  constructor(yaml: YamlDocument, file: string | undefined) {
    this.#yaml = yaml;
    this.#file = file;
  }

  judge(root: Node): void {
    if (this.#yaml.text.includes('!')) this.#refuseBrokenTags(root);
    this.#refuseNoJson(root);
    this.#check(root, KUBECONFIG, 'a kubeconfig');
    const fields = this.#fieldsOf(root);
    this.#expect(fields.get('kind'), 'kind', (text) => text === '' || text === 'Config', 'Config');
    this.#expect(fields.get('apiVersion'), 'apiVersion', (text) => /^(\/?v1)?$/.test(text), 'v1');
  }

  /** A tag that its value does not fit, also where a later name wins. */
  #refuseBrokenTags(root: Node): void {
    const waiting: (Node | null)[] = [root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (isScalar(node) && goKind(node) === 'broken')
        throw this.#refusal(node, 'a value is not what its tag (!!) says');
      if (isSeq(node)) waiting.push(...(node.items as (Node | null)[]));
      if (isMap(node))
        waiting.push(...(node.items as Pair<Node | null, Node | null>[]).flatMap((one) => [one.key, one.value]));
    }
  }

  /** What JSON has no word for, in what is left when later names have won. */
  #refuseNoJson(root: Node): void {
    const seen = new Set<Node>();
    const waiting: Node[] = [root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (isScalar(node) && goKind(node) === 'infinite')
        throw this.#refusal(node, 'infinity and “not a number” have no place in it');
      const parts = isSeq(node) ? (node.items as (Node | null)[]) : isMap(node) ? this.#namedPartsOf(node) : [];
      for (const part of parts) {
        const value = resolveAlias(this.#yaml, part);
        if (value !== null) waiting.push(value);
      }
    }
  }

  #namedPartsOf(map: YAMLMap): Iterable<Node | null> {
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const name = resolveAlias(this.#yaml, key);
      if (name === null || (isScalar(name) && goKind(name) === 'null'))
        throw this.#refusal(key ?? value ?? map, 'a name is empty or null');
    }
    return this.#fieldsOf(map).values();
  }

  #check(written: Node | null, shape: Shape, name: string): void {
    const node = resolveAlias(this.#yaml, written);
    const seen = this.#seen.get(shape) ?? new Set();
    this.#seen.set(shape, seen);
    if (shape === 'anything' || node === null || seen.has(node)) return;
    seen.add(node);
    const kind = isScalar(node) ? goKind(node) : undefined;
    if (kind === 'null') return;
    if (typeof shape === 'string') return this.#checkScalar(node, kind, shape, name);
    if ('list' in shape) {
      if (!isSeq(node)) throw this.#wrongKind(node, name, 'a list');
      for (const item of node.items as (Node | null)[]) this.#check(item, shape.list, `an entry of ${name}`);
      return;
    }
    if (!isMap(node)) throw this.#wrongKind(node, name, 'a mapping');
    for (const [field, value] of this.#fieldsOf(node)) {
      if ('table' in shape) this.#check(value, shape.table, `a value of ${name}`);
      else if (Object.hasOwn(shape.fields, field)) this.#check(value, shape.fields[field] ?? 'anything', field);
    }
  }

  #checkScalar(node: Node, kind: string | undefined, shape: 'text' | 'bool' | 'base64', name: string): void {
    if (shape === 'base64' && isSeq(node)) {
      if (!node.items.every((item) => this.#isByte(item as Node | null))) throw this.#wrongKind(node, name, 'base64');
    } else if (kind === undefined) throw this.#wrongKind(node, name, WORD[shape]);
    else if (shape === 'bool' ? kind !== 'bool' : kind !== 'text') {
      const quoted = shape === 'bool' ? 'without quotes' : 'in quotes';
      const what = kind === 'text' ? 'text' : kind === 'bool' ? 'a boolean' : 'a number';
      throw this.#refusal(node, `${name} is ${what} as it is written; it must be ${WORD[shape]}, ${quoted}`);
    } else if (shape === 'base64' && !isBase64(scalarText(node))) throw this.#refusal(node, `${name} is no base64`);
  }

  /** Go reads a list of numbers as bytes. */
  #isByte(written: Node | null): boolean {
    const node = resolveAlias(this.#yaml, written);
    if (node === null) return true;
    if (!isScalar(node)) return false;
    const kind = goKind(node);
    const value = Number(scalarText(node).replaceAll('_', ''));
    return kind === 'null' || (kind === 'number' && Number.isInteger(value) && value >= 0 && value <= 255);
  }

  /** In the order of the text, what comes later wins, be it merged or written out: as its parser. */
  #fieldsOf(node: Node | null): ReadonlyMap<string, Node | null> {
    const map = resolveAlias(this.#yaml, node);
    const fields = new Map<string, Node | null>();
    if (!isMap(map)) return fields;
    for (const entry of mapEntries(this.#yaml, map).entries) {
      if (!isMergeKey(entry.pair.key)) fields.set(entry.name, entry.pair.value);
      else
        for (const source of mergeSources(this.#yaml, entry, this.#file))
          for (const [name, value] of this.#fieldsOf(source)) fields.set(name, value);
    }
    return fields;
  }

  #expect(node: Node | null | undefined, name: string, isFine: (text: string) => boolean, wanted: string): void {
    const value = resolveAlias(this.#yaml, node);
    if (value === null || !isScalar(value) || goKind(value) === 'null' || isFine(scalarText(value))) return;
    throw this.#refusal(value, `its ${name} is not ${wanted}`);
  }

  #wrongKind(node: Node, name: string, wanted: string): Error {
    return this.#refusal(node, `${name} must be ${wanted}`);
  }

  #refusal(node: Node, why: string): Error {
    const at = this.#yaml.positionOf(node.range?.[0] ?? 0);
    return invalidAt(`${why}; kubectl refuses such a file.`, at, this.#file);
  }
}

const WORD = { text: 'text', bool: 'true or false', base64: 'base64' } as const;

/** Padded base64 of the usual alphabet, line ends left out, as Go reads it. */
function isBase64(value: string): boolean {
  const text = /[\r\n]/.test(value) ? value.replaceAll(/[\r\n]/g, '') : value;
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
