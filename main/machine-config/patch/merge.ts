import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { documentFields } from '../documents/check-fields.ts';
import { isZero } from '../documents/meaning.ts';
import { isNothing, plainText } from '../documents/scalars.ts';
import { fieldsOf, type Field, type Fields, type FieldType, type Kind } from '../schema/schema.ts';
import { mergeFreeForm } from './merge-free-form.ts';
import { mergeByKey } from './merge-lists.ts';

/** A document with what a patch says of it, by the rules of each field (SPEC-2 F6). Throws Failed `file-invalid` for types that do not fit. */
export const mergeDocument = (left: PlainMap, right: PlainMap, kind: Kind): PlainMap =>
  mergeFields(left, right, documentFields(kind), '');

/** Sizes: the patch wins even when it says nothing of them, once it says something of what they are part of. */
const ALWAYS_REPLACED: ReadonlySet<string> = new Set(['bytesize', 'size (bytes or N%)']);

/** Types that are replaced as a whole although they have fields. */
const REPLACED_WHOLE: ReadonlySet<string> = new Set(['pem.CertificateAndKey', 'pem.Certificate', 'pem.Key']);

function mergeFields(left: PlainMap, right: PlainMap, fields: Fields, path: string): PlainMap {
  const result = new Map(left);
  for (const [name, field] of fields) {
    const [mine, theirs] = [left.get(name), right.get(name)];
    if (isNothing(theirs)) {
      if (field.type.is === 'scalar' && ALWAYS_REPLACED.has(field.type.word) && !field.optional) result.delete(name);
      continue;
    }
    const merged = mergeField(mine, theirs, field, path === '' ? name : `${path}.${name}`);
    if (merged !== undefined) result.set(name, merged);
  }
  return result;
}

/** The value of a field for which the patch has one; undefined where neither has anything to say. */
function mergeField(
  left: PlainValue | undefined,
  right: PlainValue,
  field: Field,
  path: string,
): PlainValue | undefined {
  if (field.merge === 'replace') return right;
  if (field.merge !== undefined && isPlainList(right) && isPlainList(left) && field.type.is === 'list') {
    const { of } = field.type;
    return mergeByKey(left, right, field.keys, (mine, theirs) =>
      field.merge === 'replaceByKey' ? theirs : mergeType(mine, theirs, of, path),
    );
  }
  if (field.optional && isScalarType(field.type)) return right;
  return mergeType(left, right, field.type, path);
}

const isScalarType = ({ is }: FieldType): boolean => is === 'scalar' || is === 'enum';

function mergeType(left: PlainValue | undefined, right: PlainValue, type: FieldType, path: string): PlainValue {
  if (isNothing(left)) return isNothing(right) && left !== undefined ? left : right;
  if (isNothing(right)) return left;
  switch (type.is) {
    case 'struct':
      if (!isPlainMap(left) || !isPlainMap(right) || REPLACED_WHOLE.has(type.id)) return right;
      return mergeFields(left, right, fieldsOf(type.id), path);
    case 'list':
      return isPlainList(left) && isPlainList(right) ? [...left, ...right] : right;
    case 'map':
    case 'arguments':
      return isPlainMap(left) && isPlainMap(right) ? mergeMaps(left, right, type, path) : right;
    case 'object':
      return mergeFreeForm(left, right, path);
    case 'enum':
      return plainText(right) === '' || plainText(right) === type.zero ? left : right;
    case 'scalar':
      if (type.word === 'bool' || ALWAYS_REPLACED.has(type.word)) return right;
      return isZero(right, { type }) && type.word !== 'base64' ? left : right;
  }
}

function mergeMaps(
  left: PlainMap,
  right: PlainMap,
  type: Extract<FieldType, { is: 'map' | 'arguments' }>,
  path: string,
): PlainMap {
  const result = new Map(left);
  for (const [key, theirs] of right) {
    const mine = left.get(key);
    // Arguments are replaced as they are: a list of values is not added to another.
    if (type.is === 'arguments') result.set(key, theirs);
    else result.set(key, mine === undefined ? theirs : mergeType(mine, theirs, type.of, `${path}.${key}`));
  }
  return result;
}
