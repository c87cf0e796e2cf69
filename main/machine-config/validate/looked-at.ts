import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { booleanOf, integerOf, isNothing, plainText } from '../documents/scalars.ts';

/** What stands at a path of names; undefined where nothing does, also for null. */
function valueIn(map: PlainValue | undefined, path: string): PlainValue | undefined {
  const found = path
    .split('.')
    .reduce<PlainValue | undefined>((value, name) => (isPlainMap(value) ? value.get(name) : undefined), map);
  return isNothing(found) ? undefined : found;
}

/** The text at a path; empty where there is none. */
export const textIn = (map: PlainValue | undefined, path: string): string => plainText(valueIn(map, path)) ?? '';

/** The boolean at a path; undefined where there is none. */
export const booleanIn = (map: PlainValue | undefined, path: string): boolean | undefined =>
  booleanOf(textIn(map, path));

/** The number at a path; undefined where there is none. */
export function numberIn(map: PlainValue | undefined, path: string): number | undefined {
  const value = valueIn(map, path);
  const number = value === undefined ? undefined : integerOf(value);
  return number === undefined ? undefined : Number(number);
}

/** The list at a path; empty where there is none. */
export function listIn(map: PlainValue | undefined, path: string): readonly PlainValue[] {
  const value = valueIn(map, path);
  return isPlainList(value) ? value : [];
}

/** The texts of the list at a path. */
export const textsIn = (map: PlainValue | undefined, path: string): readonly string[] =>
  listIn(map, path).map((one) => plainText(one) ?? '');

/** The mapping at a path; empty where there is none. */
export function mapIn(map: PlainValue | undefined, path: string): PlainMap {
  const value = valueIn(map, path);
  return isPlainMap(value) ? value : new Map();
}

/** True where a mapping, list or value is written at a path. */
export const isIn = (map: PlainValue | undefined, path: string): boolean => valueIn(map, path) !== undefined;
