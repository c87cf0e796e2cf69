/*
 * Just enough of the protobuf wire format for messages that travel inside `Any`, which no method names and so nothing
 * else can encode.
 */

/** A field to write. Empty strings, zero and false are left out, as proto3 does. */
export type ProtoField =
  | { readonly number: number; readonly string: string }
  | { readonly number: number; readonly varint: number | bigint | boolean }
  | { readonly number: number; readonly message: readonly ProtoField[] };

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A number in groups of seven bits; negative ones as 64-bit two's complement. */
export function encodeVarint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

/** What stands before a field's value. */
export const encodeTag = (number: number, wireType: number): Buffer => encodeVarint(BigInt((number << 3) | wireType));

function writeField(field: ProtoField): Buffer {
  if ('varint' in field) {
    const value = BigInt(field.varint);
    return value === 0n ? Buffer.alloc(0) : Buffer.concat([encodeTag(field.number, VARINT), encodeVarint(value)]);
  }
  const body = 'string' in field ? Buffer.from(field.string, 'utf8') : writeMessage(field.message);
  if ('string' in field && body.length === 0) return body;
  return Buffer.concat([encodeTag(field.number, LENGTH_DELIMITED), encodeVarint(BigInt(body.length)), body]);
}

/** The bytes of a message. */
export function writeMessage(fields: readonly ProtoField[]): Buffer {
  return Buffer.concat(fields.map(writeField));
}
