import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { configRefused } from '../documents/config-refused.ts';
import { integerOf, isNothing } from '../documents/scalars.ts';

/**
 * A free form with another: key by key, lists appended, booleans replaced; 0, "" and [] change nothing. Throws Failed `file-invalid` for
 * values of different types, and for null over one that is there, on which talosctl crashes.
 */
export function mergeFreeForm(left: PlainValue, right: PlainValue, path: string): PlainValue {
  return merge(left, right, path, `merge field ${path}: merge field meta.Unstructured.Object`);
}

function merge(left: PlainValue, right: PlainValue, path: string, chain: string): PlainValue {
  if (isPlainMap(left) && isPlainMap(right)) return mergeMaps(left, right, path, chain);
  const [mine, theirs] = [goType(left), goType(right)];
  if (theirs === 'nil')
    throw configRefused({
      text: `${chain}: null over a value (${path})`,
      hint: 'talosctl crashes on this. To remove a key of a free form, write $patch: delete below it.',
    });
  if (mine !== theirs) throw configRefused({ text: `${chain}: merge type mismatch left ${mine} right ${theirs}` });
  if (isPlainList(left) && isPlainList(right)) return [...left, ...right];
  return isZeroOf(right) ? left : right;
}

function mergeMaps(left: PlainMap, right: PlainMap, path: string, chain: string): PlainMap {
  const result = new Map(left);
  for (const [key, theirs] of right) {
    const mine = left.get(key);
    result.set(key, isNothing(mine) ? theirs : merge(mine, theirs, `${path}.${key}`, chain));
  }
  return result;
}

/** What Go's decoder makes of a value without a schema, by its name there. */
function goType(value: PlainValue): string {
  if (typeof value === 'string') return 'string';
  if (isPlainMap(value)) return 'map[string]interface {}';
  if (isPlainList(value)) return '[]interface {}';
  if (value instanceof Literal && value.isNull) return 'nil';
  if (value instanceof Literal && /^(?:true|false)$/i.test(value.text)) return 'bool';
  return integerOf(value) === undefined ? 'float64' : 'int';
}

function isZeroOf(value: PlainValue): boolean {
  if (value === '') return true;
  return value instanceof Literal && (integerOf(value) === 0n || /^[-+]?0*(?:\.0*)?(?:e[-+]?\d+)?$/i.test(value.text));
}
