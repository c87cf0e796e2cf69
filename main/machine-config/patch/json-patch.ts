import {
  isPlainList,
  isPlainMap,
  isSameValue,
  Literal,
  type PlainMap,
  type PlainValue,
  writtenLength,
} from '../../yaml/plain-value.ts';
import { refuseTooLong } from '../documents/bounds.ts';
import { configRefused } from '../documents/config-refused.ts';
import { integerOf, isNothing, plainText } from '../documents/scalars.ts';

/** Applies the operations of a JSON patch (RFC 6902) in their order. Throws Failed `file-invalid` with talosctl's words; nothing is done then. */
export function applyJsonPatch(document: PlainValue, operations: readonly PlainMap[]): PlainValue {
  let copied = 0;
  return operations.reduce((value, operation) => {
    // A part that is copied into itself again and again doubles each time.
    if (plainText(operation.get('op')) === 'copy') {
      copied += writtenLength(valueAt(value, plainText(operation.get('from')) ?? '') ?? '');
      refuseTooLong(copied, 'The patch copies more than a config may hold.');
    }
    return applyOne(value, operation);
  }, document);
}

const refuse = (why: string): never => {
  throw configRefused({ text: `failure applying rfc6902 patches to talos machine config: ${why}` });
};

function applyOne(document: PlainValue, operation: PlainMap): PlainValue {
  const op = plainText(operation.get('op')) ?? '';
  const pointer = (name: 'path' | 'from'): string => {
    const text = operation.has(name) ? plainText(operation.get(name)) : undefined;
    return text ?? refuse(`${op} operation failed to decode ${name}: missing value`);
  };
  // A member whose value is null is there; one that is missing is null to an add, as it is to talosctl.
  const value = operation.get('value') ?? new Literal('null');
  switch (op) {
    case 'add':
      return add(document, pointer('path'), value, op);
    case 'remove':
      return remove(document, pointer('path'), op);
    case 'replace': {
      const path = pointer('path');
      if (path === '') return value;
      if (!parentOf(document, path))
        return refuse(`replace operation does not apply: doc is missing path: ${path}: missing value`);
      if (valueAt(document, path) === undefined)
        return refuse(`replace operation does not apply: doc is missing key: ${path}: missing value`);
      return changeAt(document, tokensOf(path), (container, key) => put(container, key, value));
    }
    case 'move': {
      const [from, path] = [pointer('from'), pointer('path')];
      const moved = valueAt(document, from);
      if (from === '' || moved === undefined)
        return refuse(`move operation does not apply: doc is missing from path: ${from}: missing value`);
      if (path === from) return document;
      if (path.startsWith(`${from}/`))
        return refuse(`move operation does not apply: ${from} would be moved into itself`);
      return add(remove(document, from, op), path, moved, op);
    }
    case 'copy': {
      const [from, path] = [pointer('from'), pointer('path')];
      const copied = valueAt(document, from);
      if (copied === undefined)
        return refuse(`copy operation does not apply: doc is missing from path: ${from}: missing value`);
      return add(document, path, copied, op);
    }
    case 'test': {
      const path = pointer('path');
      const found = valueAt(document, path);
      const isSame = found === undefined ? isNothing(value) : isSameJson(found, value);
      return isSame ? document : refuse(`testing value ${path} failed: test failed`);
    }
    default:
      return refuse(`Unexpected kind: ${op}`);
  }
}

function add(document: PlainValue, path: string, value: PlainValue, op: string): PlainValue {
  if (path === '') return value;
  if (!parentOf(document, path))
    return refuse(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  return changeAt(document, tokensOf(path), (container, key) => {
    if (!isPlainList(container)) return put(container, key, value);
    const index = key === '-' ? container.length : indexOf(key);
    if (index === undefined || index > container.length)
      return refuse(
        `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
      );
    return container.toSpliced(index, 0, value);
  });
}

function remove(document: PlainValue, path: string, op: string): PlainValue {
  if (!parentOf(document, path))
    return refuse(`${op} operation does not apply: doc is missing path: "${path}": missing value`);
  return changeAt(document, tokensOf(path), (container, key) => {
    if (isPlainList(container)) {
      const index = indexOf(key);
      if (index === undefined || index >= container.length)
        return refuse(
          `error in ${op} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
        );
      return container.toSpliced(index, 1);
    }
    if (!isPlainMap(container) || !container.has(key))
      return refuse(`error in ${op} for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`);
    const result = new Map(container);
    result.delete(key);
    return result;
  });
}

/** The parts of a JSON pointer, `~1` and `~0` written out (RFC 6901). Throws Failed for one that does not start with a slash. */
function tokensOf(path: string): readonly string[] {
  if (path === '') return [];
  if (!path.startsWith('/')) return refuse(`path "${path}" does not start with /`);
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What stands at a path; undefined where nothing does. */
function valueAt(document: PlainValue, path: string): PlainValue | undefined {
  return tokensOf(path).reduce<PlainValue | undefined>((value, token) => {
    if (isPlainMap(value)) return value.get(token);
    const index = isPlainList(value) ? indexOf(token) : undefined;
    return isPlainList(value) && index !== undefined ? value[index] : undefined;
  }, document);
}

/** The mapping or list that a path is in; undefined where there is none. */
function parentOf(document: PlainValue, path: string): PlainValue | undefined {
  const parent = path === '' ? undefined : valueAt(document, path.slice(0, path.lastIndexOf('/')));
  return isPlainMap(parent) || isPlainList(parent) ? parent : undefined;
}

/** The document with another mapping or list where a path leads into; its parent must be there. */
function changeAt(
  value: PlainValue,
  [token = '', ...rest]: readonly string[],
  change: (container: PlainValue, key: string) => PlainValue,
): PlainValue {
  if (rest.length === 0) return change(value, token);
  const inner = isPlainMap(value) ? value.get(token) : isPlainList(value) ? value[indexOf(token) ?? -1] : undefined;
  return put(value, token, changeAt(inner ?? '', rest, change));
}

function put(container: PlainValue, key: string, value: PlainValue): PlainValue {
  if (isPlainMap(container)) return new Map(container).set(key, value);
  const index = indexOf(key);
  return isPlainList(container) && index !== undefined ? container.with(index, value) : container;
}

/** An index of a list: digits without a leading zero. */
const indexOf = (token: string): number | undefined => (/^(?:0|[1-9]\d{0,8})$/.test(token) ? Number(token) : undefined);

/** Equal as JSON: order of names does not count, `1` and `1.0` are the same number. */
function isSameJson(a: PlainValue, b: PlainValue): boolean {
  if (isPlainMap(a) && isPlainMap(b))
    return a.size === b.size && [...a].every(([name, one]) => b.has(name) && isSameJson(one, b.get(name) ?? ''));
  if (isPlainList(a) && isPlainList(b))
    return a.length === b.length && a.every((one, i) => isSameJson(one, b[i] ?? ''));
  if (a instanceof Literal && b instanceof Literal && !a.isNull && !b.isNull) {
    const [x, y] = [integerOf(a), integerOf(b)];
    if (x !== undefined && y !== undefined) return x === y;
    const [m, n] = [Number(a.text), Number(b.text)];
    return Number.isNaN(m) || Number.isNaN(n) ? a.text === b.text : m === n;
  }
  return isSameValue(a, b);
}
