import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';

/**
 * True when two entries mean the same to kubectl: fields in any order, and fields that say nothing (null, `''`, `false`,
 * an empty list or mapping) count as absent, as in the structs kubectl reads them into.
 */
export function isSameEntry(a: PlainMap, b: PlainMap): boolean {
  return isSameMap(withoutEmpty(a), withoutEmpty(b));
}

function withoutEmpty(map: PlainMap): PlainMap {
  return new Map([...map].filter(([, value]) => !saysNothing(value)));
}

function saysNothing(value: PlainValue): boolean {
  if (typeof value === 'string') return value === '';
  if (value instanceof Literal) return value.isNull || /^(false|False|FALSE)$/.test(value.text);
  return isPlainMap(value) ? value.size === 0 : isPlainList(value) && value.length === 0;
}

function isSameMap(a: PlainMap, b: PlainMap): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !isSame(value, other)) return false;
  }
  return true;
}

function isSame(a: PlainValue, b: PlainValue): boolean {
  if (a === b) return true;
  if (a instanceof Literal || b instanceof Literal)
    return a instanceof Literal && b instanceof Literal && a.text === b.text;
  if (isPlainMap(a)) return isPlainMap(b) && isSameEntry(a, b);
  if (!isPlainList(a) || !isPlainList(b) || a.length !== b.length) return false;
  return a.every((item, i) => isSame(item, b[i] ?? ''));
}
