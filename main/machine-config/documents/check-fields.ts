import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { resolveAlias, scalarText, type TextPosition, type YamlDocument } from '../../yaml/yaml-document.ts';
import { fieldsOf, isOpenEnum, type Fields, type FieldType, type Kind, V1ALPHA1 } from '../schema/schema.ts';
import { nearest } from './nearest.ts';
import { scalarProblem } from './scalar-problem.ts';
import { isNothing, plainText } from './scalars.ts';

/** Something in a document that Talos would not load. */
export interface FieldProblem {
  /** `machine.network.interfaces[0].mtu` */
  readonly path: string;
  readonly at: TextPosition;
  /** What should stand there; undefined for a key that Talos does not know. */
  readonly wants: string | undefined;
  /** The known key that is most like an unknown one. */
  readonly nearest?: string | undefined;
}

/** What {@link checkFields} found. */
export interface CheckedFields {
  readonly wrong: readonly FieldProblem[];
  readonly unknown: readonly FieldProblem[];
  /** The unknown keys with what they hold, nested as they stand; undefined when there are none. */
  readonly unknownTree: PlainMap | undefined;
}

/** Keys of every document that has a kind. */
const HEAD: Fields = new Map(
  ['apiVersion', 'kind'].map((name) => [
    name,
    {
      type: { is: 'scalar', word: 'string' },
      written: true,
      optional: false,
      keys: [],
      deprecated: false,
      secret: false,
    },
  ]),
);

/** The fields of a whole document of a kind. */
export function documentFields({ kind, root }: Kind): Fields {
  const fields = fieldsOf(root);
  return kind === V1ALPHA1 ? fields : new Map([...HEAD, ...fields]);
}

/** Compares a document with the schema: types of values, and keys that it does not have. */
export function checkFields(yaml: YamlDocument, plain: PlainMap, kind: Kind): CheckedFields {
  const wrong: FieldProblem[] = [];
  const unknown: FieldProblem[] = [];
  const say = (path: string, node: Node | null | undefined, wants: string): undefined => {
    wrong.push({ path, at: yaml.positionOf(node?.range?.[0] ?? 0), wants });
  };
  const ofStruct = (node: Node | null, value: PlainValue, fields: Fields, path: string): PlainMap | undefined => {
    if (!isPlainMap(value)) return say(path, node, 'a mapping');
    const pairs = pairsOf(yaml, node);
    const tree = new Map<string, PlainValue>();
    for (const [name, held] of value) {
      const inner = path === '' ? name : `${path}.${name}`;
      const field = fields.get(name);
      const pair = pairs.get(name);
      if (field === undefined) {
        const at = yaml.positionOf(pair?.key?.range?.[0] ?? pair?.value?.range?.[0] ?? node?.range?.[0] ?? 0);
        unknown.push({ path: inner, at, wants: undefined, nearest: nearest(name, fields.keys()) });
        tree.set(name, held);
        continue;
      }
      const unknownInside = ofType(pair?.value ?? null, held, field.type, inner);
      if (unknownInside !== undefined) tree.set(name, unknownInside);
    }
    return tree.size > 0 ? tree : undefined;
  };
  const ofList = (node: Node | null, value: PlainValue, of: FieldType, path: string): PlainValue | undefined => {
    if (!isPlainList(value)) return say(path, node, 'a list');
    // Of a patch, elements that delete something are gone already; then only the place of the list is known.
    const items = isSeq(node) && node.items.length === value.length ? (node.items as (Node | null)[]) : [];
    const found = value.flatMap((item, i) => {
      const inside = ofType(items[i] ?? node, item, of, `${path}[${i}]`);
      return inside === undefined ? [] : [inside];
    });
    return found.length > 0 ? found : undefined;
  };
  const ofMap = (node: Node | null, value: PlainValue, of: FieldType, path: string): PlainValue | undefined => {
    if (!isPlainMap(value)) return say(path, node, 'a mapping');
    const pairs = pairsOf(yaml, node);
    const tree = new Map<string, PlainValue>();
    for (const [name, held] of value) {
      const inside = ofType(pairs.get(name)?.value ?? node, held, of, `${path}.${name}`);
      if (inside !== undefined) tree.set(name, inside);
    }
    return tree.size > 0 ? tree : undefined;
  };
  const ofType = (node: Node | null, value: PlainValue, type: FieldType, path: string): PlainValue | undefined => {
    if (isNothing(value)) return undefined;
    switch (type.is) {
      case 'struct':
        return ofStruct(node, value, fieldsOf(type.id), path);
      case 'list':
        return ofList(node, value, type.of, path);
      case 'map':
        return ofMap(node, value, type.of, path);
      case 'arguments': {
        const isFine = isPlainMap(value) && [...value.values()].every(isArgument);
        return isFine ? undefined : say(path, node, 'a mapping of texts or lists of texts');
      }
      case 'object':
        return isPlainMap(value) ? undefined : say(path, node, 'a mapping');
      case 'enum': {
        const text = plainText(value);
        const isNumbered = isOpenEnum(type) && /^\d+$/.test(text ?? '');
        if (text === '' || isNumbered || type.words.some((word) => word.split(' ')[0] === text)) return undefined;
        return say(path, node, `one of ${type.words.join(', ')}`);
      }
      case 'scalar': {
        const problem = scalarProblem(type.word, value);
        return problem === undefined ? undefined : say(path, node, problem);
      }
    }
  };
  const tree = ofStruct(yaml.root ?? null, plain, documentFields(kind), '');
  return { wrong, unknown, unknownTree: tree };
}

const isArgument = (value: PlainValue): boolean =>
  (isPlainList(value) ? value : [value]).every((one) => plainText(one) !== undefined);

/** Entries of a mapping by name; none for what is no mapping. */
function pairsOf(yaml: YamlDocument, node: Node | null): ReadonlyMap<string, Pair<Node | null, Node | null>> {
  const found = new Map<string, Pair<Node | null, Node | null>>();
  if (!isMap(node)) return found;
  for (const pair of node.items as Pair<Node | null, Node | null>[]) {
    const key = resolveAlias(yaml, pair.key);
    if (key === null || isScalar(key)) found.set(scalarText(key), pair);
  }
  return found;
}
