import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { fieldsOf, type Field, type Fields, type FieldType, type Kind } from '../schema/schema.ts';
import { documentFields } from './check-fields.ts';
import { booleanOf, durationOf, integerOf, isNothing, plainText } from './scalars.ts';

/**
 * What a document means to Talos, however it is spelled: fields in the order of the schema, numbers, booleans and durations in one
 * spelling, and nothing of what is as if it were not written. Two documents that mean the same have equal meanings.
 */
export function meaningOf(plain: PlainMap, kind: Kind): PlainMap {
  const fields = meaningOfFields(plain, documentFields(kind));
  return isPlainMap(fields) ? fields : new Map();
}

function meaningOfFields(value: PlainValue, fields: Fields): PlainValue {
  if (!isPlainMap(value)) return value;
  const result = new Map<string, PlainValue>();
  for (const [name, field] of fields) {
    const one = value.get(name);
    if (isNothing(one)) continue;
    const meaning = meaningOfType(one, field.type, name);
    if (field.optional ? !isNothing(meaning) : !isZero(meaning, field)) result.set(name, meaning);
  }
  return result;
}

/** What a value of a type means, see {@link meaningOf}. `name`: of its field. */
export function meaningOfType(value: PlainValue, type: FieldType, name: string): PlainValue {
  switch (type.is) {
    case 'struct':
      return meaningOfFields(value, fieldsOf(type.id));
    case 'list':
      return isPlainList(value) ? value.map((item) => meaningOfType(item, type.of, name)) : value;
    case 'map':
      return isPlainMap(value)
        ? new Map(sorted(value).map(([key, one]) => [key, meaningOfType(one, type.of, key)]))
        : value;
    case 'arguments':
      return isPlainMap(value) ? new Map(sorted(value).map(([key, one]) => [key, asText(one)])) : value;
    case 'object':
      return free(value);
    case 'enum':
      return plainText(value) ?? value;
    case 'scalar':
      return scalarMeaning(value, type.word, name);
  }
}

/** A number, boolean or duration in its one spelling; any other text as it is. */
function scalarMeaning(value: PlainValue, word: string, name: string): PlainValue {
  const text = plainText(value);
  if (text === undefined) return value;
  switch (word) {
    case 'int':
    case 'uint':
    case 'octal mode':
      return new Literal(String(integerOf(value) ?? text));
    case 'bool':
      return new Literal(String(booleanOf(text) ?? text));
    case 'duration':
      return String(durationOf(text) ?? text);
    case 'base64':
      return text.replace(/\s/g, '');
    default:
      // Talos trims what stands before the first manifest when it loads one.
      return name === 'contents' ? text.replace(/^[\t\n\v\f\r]+/, '') : text;
  }
}

const asText = (value: PlainValue): PlainValue =>
  isPlainList(value) ? value.map((one) => plainText(one) ?? one) : (plainText(value) ?? value);

const sorted = (map: PlainMap): readonly (readonly [string, PlainValue])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** A free form: order of keys does not count, numbers have one spelling. */
function free(value: PlainValue): PlainValue {
  if (isPlainMap(value)) return new Map(sorted(value).map(([key, one]) => [key, free(one)]));
  if (isPlainList(value)) return value.map(free);
  if (!(value instanceof Literal)) return value;
  if (value.isNull) return new Literal('null');
  const number = integerOf(value);
  return number === undefined ? new Literal(value.text.toLowerCase()) : new Literal(String(number));
}

/** True for what Talos leaves out where absent and zero are the same. */
export function isZero(value: PlainValue | undefined, { type }: Pick<Field, 'type'>): boolean {
  if (isNothing(value) || value === '') return true;
  if (isPlainList(value)) return value.length === 0;
  if (isPlainMap(value)) return value.size === 0;
  if (type.is === 'enum') return false;
  if (type.is !== 'scalar') return false;
  const text = plainText(value) ?? '';
  if (type.word === 'duration') return durationOf(text) === 0n;
  if (type.word === 'bool') return booleanOf(text) === false;
  return (
    ['int', 'uint', 'octal mode'].includes(type.word) &&
    (integerOf(value) ?? BigInt(/^-?\d+$/.test(text) ? text : 1)) === 0n
  );
}
