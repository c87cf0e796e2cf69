import type { Scalar } from 'yaml';
import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { scalarText, type YamlDocument } from '../../yaml/yaml-document.ts';
import { readDocuments } from '../documents/bounds.ts';
import { fieldsOf, kindNamed, V1ALPHA1, type Field, type FieldType } from '../schema/schema.ts';
import { fieldAt } from './json-operations.ts';

/** A key or value of a patch that is no list and no mapping, and what the schema says of its place. */
export interface PlacedScalar {
  readonly node: Scalar;
  /** As it is read, without quotes. */
  readonly text: string;
  /** `machine.install.image`; in a JSON patch with the operation before it. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly type: FieldType | undefined;
  /** The words that are allowed. */
  readonly values: readonly string[] | undefined;
  readonly isKey: boolean;
  /** What stands there decides what the patch is about. */
  readonly isFixed: boolean;
  /** The path of an operation of a JSON patch: what a value has of its signs is written out. */
  readonly isPointer: boolean;
}

/** What is known of a place. */
interface Place {
  readonly path: string;
  readonly type: FieldType | undefined;
  readonly values?: readonly string[] | undefined;
  readonly isFixed?: boolean;
  readonly isPointer?: boolean;
}

/** Every key and value of a patch, in its order. Throws Failed `file-invalid` for what is no YAML. */
export function scalarsOf(text: string): readonly PlacedScalar[] {
  return readDocuments(text).flatMap((yaml) => {
    const found: PlacedScalar[] = [];
    const { root } = yaml;
    if (isSeq(root)) root.items.forEach((item, at) => walkOperation(yaml, item, `[${at}]`, found));
    else if (root) walk(yaml, root, { path: '', type: rootType(root) }, found);
    return found;
  });
}

/** Why no variable may stand there, a sentence; undefined where one may. */
export function fixedProblem({ isFixed, isKey, line, text }: PlacedScalar): string | undefined {
  if (!isFixed) return undefined;
  const what = isKey ? 'the name of a field' : 'what decides which part is changed';
  return `Line ${line}: "${text.slice(0, 100)}" cannot have a variable: it is ${what}.`;
}

/** The type of a whole document, by its kind; undefined for one that is not known. */
function rootType(root: Node): FieldType | undefined {
  if (!isMap(root)) return undefined;
  const kind = scalarText(root.get('kind', true) as Node | null) || V1ALPHA1;
  const known = kindNamed(kind);
  return known && { is: 'struct', id: known.root };
}

function walk(yaml: YamlDocument, node: unknown, place: Place, found: PlacedScalar[]): void {
  if (isMap(node)) {
    const fields = place.type?.is === 'struct' ? fieldsOf(place.type.id) : undefined;
    for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
      const name = scalarText(key);
      const path = place.path === '' ? name : `${place.path}.${name}`;
      // A name that a value could make another field's, another document's or a deletion of.
      add(yaml, key, { path, type: undefined, isFixed: fields !== undefined || name === '$patch' }, true, found);
      walk(yaml, value, { path, ...below(place, fields?.get(name)), isFixed: isFixed(place, name) }, found);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, at) => {
      const type = place.type?.is === 'list' ? place.type.of : undefined;
      walk(yaml, item, { path: `${place.path}[${at}]`, type, values: place.values }, found);
    });
  } else add(yaml, node, place, false, found);
}

const isFixed = ({ path }: Place, name: string): boolean =>
  name === '$patch' || (path === '' && ['apiVersion', 'kind', 'version'].includes(name));

function below({ type }: Place, field: Field | undefined): Pick<Place, 'type' | 'values'> {
  if (field !== undefined) return { type: field.type, values: field.values };
  if (type?.is === 'map') return { type: type.of };
  return {
    type: type?.is === 'object' ? type : type?.is === 'arguments' ? { is: 'scalar', word: 'string' } : undefined,
  };
}

function walkOperation(yaml: YamlDocument, node: Node, path: string, found: PlacedScalar[]): void {
  if (!isMap(node)) return walk(yaml, node, { path, type: undefined }, found);
  const field = fieldAt(scalarText(node.get('path', true) as Node | null));
  for (const { key, value } of node.items as Pair<Node | null, Node | null>[]) {
    const name = scalarText(key);
    add(yaml, key, { path: `${path}.${name}`, type: undefined, isFixed: true }, true, found);
    const isPointer = name === 'path' || name === 'from';
    const known = name === 'value' && field ? { type: field.type, values: field.values } : { type: undefined };
    walk(yaml, value, { path: `${path}.${name}`, ...known, isFixed: name === 'op', isPointer }, found);
  }
}

function add(yaml: YamlDocument, node: unknown, place: Place, isKey: boolean, found: PlacedScalar[]): void {
  if (!isScalar(node)) return;
  found.push({
    ...{ node, path: place.path, text: scalarText(node), type: place.type, isKey },
    line: yaml.positionOf(node.range?.[0] ?? 0).line,
    ...{ values: place.values, isFixed: place.isFixed === true, isPointer: place.isPointer === true },
  });
}
