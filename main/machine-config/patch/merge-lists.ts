import { isPlainMap, isSameValue, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { isNothing, plainText } from '../documents/scalars.ts';

/**
 * A list whose elements are found again by one of `keys`, the first that the new element has: matching ones become what `merge` makes
 * of both, others follow the last.
 */
export function mergeByKey(
  left: readonly PlainValue[],
  right: readonly PlainValue[],
  keys: readonly string[],
  merge: (mine: PlainValue, theirs: PlainValue) => PlainValue,
): readonly PlainValue[] {
  const result = [...left];
  for (const theirs of right) {
    const index = indexOf(result, theirs, keys);
    if (index === -1) result.push(theirs);
    else result[index] = merge(result[index] ?? '', theirs);
  }
  return result;
}

function indexOf(list: readonly PlainValue[], wanted: PlainValue, keys: readonly string[]): number {
  if (!isPlainMap(wanted)) return -1;
  const key = keys.find((name) => !isNothing(wanted.get(name)) && plainText(wanted.get(name)) !== '');
  if (key === undefined) return -1;
  return list.findIndex((item) => isPlainMap(item) && isSame(item.get(key), wanted.get(key)));
}

function isSame(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (!isPlainMap(a) || !isPlainMap(b)) return plainText(a) !== undefined && plainText(a) === plainText(b);
  return isSameValue(inOneOrder(a), inOneOrder(b));
}

/** Selectors are equal whatever the order of their fields, and without those that say nothing. */
const inOneOrder = (map: PlainMap): PlainMap =>
  new Map([...map].filter(([, one]) => !isNothing(one) && plainText(one) !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
