import { isPlainMap, Literal, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { renderLines } from '../../yaml/render-yaml.ts';
import { fieldsOf, kindNamed, V1ALPHA1, type Field, type FieldType } from '../schema/schema.ts';

/** What the schema says of a place that an operation of a JSON patch names: the type, and the words that are allowed. */
export type PointedField = Pick<Field, 'values'> & { readonly type: FieldType };

/** The parts of a JSON pointer (RFC 6901), written out. */
const tokensOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands at a pointer of the v1alpha1 document, the only one that JSON patches are for; undefined where that is not known. */
export function fieldAt(pointer: string): PointedField | undefined {
  const root = kindNamed(V1ALPHA1)?.root;
  let place: PointedField | undefined = root === undefined ? undefined : { type: { is: 'struct', id: root } };
  for (const token of tokensOf(pointer)) {
    const type: FieldType | undefined = place?.type;
    if (type?.is === 'struct') place = fieldsOf(type.id).get(token);
    else if (type?.is === 'list' || type?.is === 'map') place = { type: type.of, ...valuesOf(place) };
    else if (type?.is !== 'object') return undefined;
  }
  return place;
}

const valuesOf = (place: PointedField | undefined): Pick<Field, 'values'> =>
  place?.values === undefined ? {} : { values: place.values };

/** No field of a config stands deeper. */
const DEEPEST = 64;

/** A config that holds nothing but what an operation of a JSON patch would put into it. */
export function configOfOperation(operation: PlainMap): string {
  const [path, value] = ['path', 'value'].map((name) => operation.get(name) ?? '');
  const tokens = typeof path === 'string' ? tokensOf(path).slice(0, DEEPEST) : [];
  const whole = tokens.reduceRight<PlainValue>((inner, token) => {
    return /^(?:-|\d+)$/.test(token) ? [inner] : new Map([[token, inner]]);
  }, value ?? '');
  const map = isPlainMap(whole) ? whole : new Map<string, PlainValue>();
  // What tells it from documents that have a kind.
  const persisted: PlainMap = new Map([...map, ['persist', new Literal('true')]]);
  return `${renderLines(persisted, '', '  ').join('\n')}\n`;
}
