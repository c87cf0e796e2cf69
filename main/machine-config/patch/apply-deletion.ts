import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { documentFields } from '../documents/check-fields.ts';
import { configRefused } from '../documents/config-refused.ts';
import { isNothing, plainText } from '../documents/scalars.ts';
import { fieldsOf, type Field, type Fields, type FieldType, type Kind } from '../schema/schema.ts';
import type { Deletion } from './delete-markers.ts';

/** What a deletion is looked for in. */
interface Target {
  readonly plain: PlainMap;
  readonly kind: Kind;
}

/** Thrown where talosctl says that a lookup failed. */
class LookupFailed extends Error {}

/** A document without what a deletion names. Throws Failed `file-invalid` with talosctl's words when it is not there. */
export function applyDeletion({ plain, kind }: Target, deletion: Deletion): PlainMap {
  try {
    return withoutField(plain, documentFields(kind), deletion.path, deletion.selector);
  } catch (error) {
    if (!(error instanceof LookupFailed)) throw error;
    const path = deletion.path.join('.');
    const where = `'${kind.apiVersion}/${kind.kind}'`;
    throw configRefused({
      text: `patch delete: path '${path}' in document ${where}: failed to delete path '${path}': lookup failed`,
      hint: 'What the patch deletes is not in this config.',
    });
  }
}

function withoutField(
  map: PlainMap,
  fields: Fields,
  [name = '', ...rest]: readonly string[],
  selector: Deletion['selector'],
): PlainMap {
  const field = fields.get(name);
  if (field === undefined) throw new LookupFailed();
  const value = map.get(name);
  const result = new Map(map);
  if (rest.length === 0) {
    // A field that Talos knows can always be emptied.
    result.delete(name);
    return result;
  }
  const left = without(isNothing(value) ? emptyOf(field) : value, field.type, rest, selector);
  // Talos does not write what is empty.
  if (sizeOf(left) === 0 && !field.written && !field.optional) result.delete(name);
  else result.set(name, left);
  return result;
}

/** Fields of what is always there can be looked up; what is optional and absent is not there. */
function emptyOf({ type, optional }: Field): PlainValue {
  if (type.is === 'struct' && !optional) return new Map();
  throw new LookupFailed();
}

function without(
  value: PlainValue,
  type: FieldType,
  path: readonly string[],
  selector: Deletion['selector'],
): PlainValue {
  if (type.is === 'struct' && isPlainMap(value)) return withoutField(value, fieldsOf(type.id), path, selector);
  if (isPlainList(value)) return withoutElement(value, path, selector);
  if (!isPlainMap(value)) throw new LookupFailed();
  const [name = '', ...rest] = path;
  const inner = value.get(name);
  if (inner === undefined) throw new LookupFailed();
  const result = new Map(value);
  if (rest.length === 0) result.delete(name);
  else result.set(name, without(inner, type.is === 'map' ? type.of : { is: 'object' }, rest, selector));
  return result;
}

/** The first element with the selector's value goes. */
function withoutElement(
  list: readonly PlainValue[],
  path: readonly string[],
  selector: Deletion['selector'],
): readonly PlainValue[] {
  const index = list.findIndex(
    (item) =>
      isPlainMap(item) && item.has(selector?.key ?? '') && plainText(item.get(selector?.key ?? '')) === selector?.value,
  );
  if (path.length !== 1 || selector === undefined || index === -1) throw new LookupFailed();
  return list.toSpliced(index, 1);
}

function sizeOf(value: PlainValue): number {
  if (isPlainMap(value)) return value.size;
  return isPlainList(value) ? value.length : 1;
}
