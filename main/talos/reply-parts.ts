/*
 * Receiving a large object from another thread blocks as long as decoding it would: V8 builds it in one go. So it is sent
 * in parts: first everything but the long lists, then those, some entries at a time.
 */

/** One part of an object: entries of the list at `path`. The first one has no path and is the object itself. */
export interface Part {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** So many entries take some milliseconds to receive. */
export const ENTRIES_PER_PART = 1000;

/** The parts of an object, in the order to put them together. Empties its long lists. */
export function* takeApart(value: object, entriesPerPart = ENTRIES_PER_PART): Generator<Part, void, undefined> {
  const lists: { readonly path: Part['path']; readonly entries: readonly unknown[] }[] = [];
  cut(value, [], entriesPerPart, lists);
  yield { path: [], value };
  for (const { path, entries } of lists) {
    for (let from = 0; from < entries.length; from += entriesPerPart) {
      yield { path, value: entries.slice(from, from + entriesPerPart) };
    }
  }
}

function cut(
  value: unknown,
  path: Part['path'],
  longest: number,
  lists: { readonly path: Part['path']; readonly entries: readonly unknown[] }[],
): void {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  if (Array.isArray(value) && value.length > longest) {
    lists.push({ path, entries: value.splice(0) });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    cut(inner, [...path, Array.isArray(value) ? Number(key) : key], longest, lists);
  }
}

/** Puts parts together again; bytes are Buffers, as proto-loader makes them. */
export class PutTogether {
  #value: unknown;

  get value(): unknown {
    return this.#value;
  }

  add({ path, value }: Part): void {
    const whole = withBuffers(value);
    if (path.length === 0) {
      this.#value = whole;
      return;
    }
    let list = this.#value;
    for (const key of path) list = (list as Record<string | number, unknown>)[key];
    for (const entry of whole as readonly unknown[]) (list as unknown[]).push(entry);
  }
}

/** Threads exchange Buffers as plain Uint8Arrays. */
function withBuffers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const inner = fields[key];
    if (typeof inner === 'object' && inner !== null) fields[key] = withBuffers(inner);
  }
  return value;
}
