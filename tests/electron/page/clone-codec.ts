export interface CloneCodec {
  /** Throws "An object could not be cloned." for functions, symbols and cycles. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * The structured clone of a value as text, for the way between main process and page.
 *
 * Runs in Node and, by its source text, inside the page: it must not use anything from outside its body.
 */
export function cloneCodec(): CloneCodec {
  type Tagged = { readonly $: string; readonly v?: unknown; readonly n?: string };
  const VIEWS = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array };
  const MORE_VIEWS = { Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView };
  const views: Record<string, new (buffer: ArrayBuffer) => unknown> = { ...VIEWS, ...MORE_VIEWS };

  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };

  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(text);
  };

  const fromBase64 = (text: string): ArrayBuffer => {
    const binary = atob(text);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes.buffer;
  };

  const packNumber = (value: number): unknown =>
    Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };

  const packObject = (value: object, inside: Set<object>): unknown => {
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof RegExp) return { $: 'regexp', v: value.source, n: value.flags };
    if (value instanceof Error) return { $: 'error', v: value.message, n: value.name };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const name = value instanceof DataView ? 'DataView' : (Reflect.get(value, Symbol.toStringTag) as string);
      return { $: 'view', n: name, v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    if (inside.has(value)) return refuse();
    inside.add(value);
    const packed = packContainer(value, inside);
    inside.delete(value);
    return packed;
  };

  const packContainer = (value: object, inside: Set<object>): unknown => {
    if (Array.isArray(value)) return Array.from(value, (item) => pack(item, inside));
    if (value instanceof Map) return { $: 'map', v: [...value].map(([k, v]) => [pack(k, inside), pack(v, inside)]) };
    if (value instanceof Set) return { $: 'set', v: [...value].map((item) => pack(item, inside)) };
    // Without a prototype, an own key `__proto__` is a key like any other.
    const plain = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of Object.entries(value)) plain[key] = pack(item, inside);
    return '$' in plain ? { $: 'object', v: Object.entries(plain) } : plain;
  };

  const pack = (value: unknown, inside: Set<object>): unknown => {
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        return packNumber(value);
      case 'function':
      case 'symbol':
        return refuse();
      case 'object':
        return value === null ? null : packObject(value, inside);
      default:
        return value;
    }
  };

  const error = (name: string | undefined, message: string): Error => {
    const made = new Error(message);
    if (name && name !== 'Error') made.name = name;
    return made;
  };

  const fromEntries = (entries: readonly (readonly [string, unknown])[]): object => {
    const made = {};
    for (const [key, item] of entries) {
      Object.defineProperty(made, key, { value: unpack(item), enumerable: true, writable: true, configurable: true });
    }
    return made;
  };

  const unpackTagged = ({ $, v, n }: Tagged): unknown => {
    switch ($) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(v as string);
      case 'number':
        return Number(v);
      case 'date':
        return new Date(v === null ? NaN : (v as number));
      case 'regexp':
        return new RegExp(v as string, n);
      case 'error':
        return error(n, v as string);
      case 'buffer':
        return fromBase64(v as string);
      case 'view': {
        const View = views[n ?? ''] ?? Uint8Array;
        return new View(fromBase64(v as string));
      }
      case 'map':
        return new Map((v as [unknown, unknown][]).map(([key, item]) => [unpack(key), unpack(item)]));
      case 'set':
        return new Set((v as unknown[]).map(unpack));
      default:
        return fromEntries(v as [string, unknown][]);
    }
  };

  const unpack = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(unpack);
    if (Object.hasOwn(value, '$')) return unpackTagged(value as Tagged);
    return fromEntries(Object.entries(value));
  };

  return {
    encode: (value) => JSON.stringify(pack(value, new Set())),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
