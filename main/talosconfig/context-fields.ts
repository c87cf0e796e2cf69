import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';

/** Fields of a context that are one text. */
const TEXTS = ['target', 'ca', 'crt', 'key', 'cluster', 'proxy-url'];

/** True for a value that says nothing: null in any spelling, an empty text, list or mapping. */
export const isEmptyValue = (value: PlainValue | undefined): boolean =>
  value === undefined ||
  value === '' ||
  (value instanceof Literal && value.isNull) ||
  (isPlainList(value) && value.length === 0) ||
  (isPlainMap(value) && value.size === 0);

/**
 * The fields of a context as talosctl writes them: empty ones are left out whatever they are spelled like, `endpoints` is
 * always there, entries of lists that are nothing are passed over, and the legacy `target` is the last endpoint. Fields
 * that talosctl does not know stay as they are.
 */
export function asTalosctlWrites(content: PlainMap): PlainMap {
  const target = content.get('target');
  const isTarget = typeof target === 'string' && target !== '';
  const endpoints = entriesOf(content.get('endpoints')) ?? [];
  const fields = new Map<string, PlainValue>([['endpoints', []], ...content]);
  fields.set('endpoints', isTarget && isPlainList(endpoints) ? [...endpoints, target] : endpoints);
  if (isTarget) fields.delete('target');
  put(fields, 'nodes', entriesOf(content.get('nodes')));
  const auth = content.get('auth');
  if (isPlainMap(auth)) {
    const kinds = new Map(auth);
    for (const kind of ['basic', 'siderov1']) if (!isPlainMap(kinds.get(kind))) put(kinds, kind, kinds.get(kind));
    put(fields, 'auth', kinds);
  } else put(fields, 'auth', auth);
  for (const name of TEXTS) put(fields, name, fields.get(name));
  return fields;
}

/** Without the entries that are nothing; what is no list stays what it is. */
function entriesOf(value: PlainValue | undefined): PlainValue | undefined {
  if (isEmptyValue(value)) return undefined;
  return isPlainList(value) ? value.filter((item) => !(item instanceof Literal && item.isNull)) : value;
}

function put(fields: Map<string, PlainValue>, name: string, value: PlainValue | undefined): void {
  if (value === undefined || isEmptyValue(value)) fields.delete(name);
  else fields.set(name, value);
}
