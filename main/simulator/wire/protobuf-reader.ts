/** One field as it lies on the wire. */
export interface WireField {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly wireType: number;
  /** The value: the number of a varint, or the bytes of everything else. */
  readonly value: bigint | Buffer;
}

const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

function readVarint(bytes: Buffer, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let at = start, shift = 0n; at < bytes.length; at++, shift += 7n) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return { value, end: at + 1 };
  }
  throw new Error('a varint does not end');
}

/** Takes a message apart. Throws for bytes that are no message. */
export function readFields(bytes: Buffer): readonly WireField[] {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    const number = Number(tag.value >> 3n);
    const wireType = Number(tag.value & 7n);
    if (wireType === 0) {
      const { value, end } = readVarint(bytes, tag.end);
      fields.push({ number, wireType, value });
      at = end;
      continue;
    }
    const length = wireType === 2 ? readVarint(bytes, tag.end) : { value: 0n, end: tag.end };
    const size = FIXED_BYTES[wireType] ?? Number(length.value);
    at = length.end + size;
    fields.push({ number, wireType, value: bytes.subarray(length.end, at) });
  }
  return fields;
}

/** All length-delimited values of a field. */
export const bytesOf = (fields: readonly WireField[], number: number): readonly Buffer[] =>
  fields.flatMap((field) => (field.number === number && Buffer.isBuffer(field.value) ? [field.value] : []));

/** A string field, or `''`. */
export const stringOf = (fields: readonly WireField[], number: number): string =>
  bytesOf(fields, number).at(-1)?.toString('utf8') ?? '';

/** A number field, or 0. */
export function numberOf(fields: readonly WireField[], number: number): number {
  const value = fields.findLast((field) => field.number === number)?.value;
  return typeof value === 'bigint' ? Number(value) : 0;
}
