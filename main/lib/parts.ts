import type { ValuePart } from '../../preload/contract/index.ts';
import { messageSize } from './message-size.ts';

/*
 * Receiving a large value from another thread or process blocks as long as building it would: V8 does it in one go. So it
 * crosses in parts that are each received in some milliseconds, whatever shape it has: long lists, lists of lists, wide
 * objects. Only a single text or block of bytes is never divided.
 */

/** A part of this many bytes is received in some three milliseconds. */
const PART_BYTES = 256 * 1024;

/** The parts of plain data, in the order to put them together. Leaves the value as it is. */
export function* takeApart(value: unknown, partBytes = PART_BYTES): Generator<ValuePart, void, undefined> {
  if (!isContainer(value) || messageSize(value, partBytes) <= partBytes) {
    yield { path: [], value };
    return;
  }
  yield { path: [], value: emptied(value) };
  yield* contents(value, [], partBytes);
}

/** What is in a list or object that is too large for one part; itself, empty, has been sent. */
function* contents(
  container: object,
  path: ValuePart['path'],
  partBytes: number,
): Generator<ValuePart, void, undefined> {
  const keys = Array.isArray(container) ? undefined : Object.keys(container);
  const length = keys?.length ?? (container as readonly unknown[]).length;
  let group = emptied(container);
  let groupBytes = 0;
  for (let index = 0; index < length; index += 1) {
    const key = keys?.[index] ?? index;
    const inner = (container as Readonly<Record<string | number, unknown>>)[key];
    const bytes = messageSize(inner, partBytes);
    const isLarge = bytes > partBytes && isContainer(inner);
    if (groupBytes > 0 && groupBytes + bytes > partBytes) {
      yield { path, value: group };
      group = emptied(container);
      groupBytes = 0;
    }
    put(group, key, isLarge ? emptied(inner) : inner);
    groupBytes += isLarge ? 1 : bytes;
    if (!isLarge) continue;
    yield { path, value: group };
    group = emptied(container);
    groupBytes = 0;
    yield* contents(inner, [...path, key], partBytes);
  }
  if (groupBytes > 0) yield { path, value: group };
}

const isContainer = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const emptied = (container: object): object => (Array.isArray(container) ? [] : {});

function put(group: object, key: string | number, value: unknown): void {
  if (Array.isArray(group)) group.push(value);
  else if (key === '__proto__') {
    Object.defineProperty(group, key, { value, enumerable: true, configurable: true, writable: true });
  } else (group as Record<string | number, unknown>)[key] = value;
}
