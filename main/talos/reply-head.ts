/** Wire types of protobuf, as far as they are passed over here. */
const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5];

/**
 * The beginning of a large reply as a reply of its own: of its first message as many whole fields as fit into so many bytes.
 * So the first rows of a list can be read here and now, while the rest is decoded in a thread. Undefined where nothing fits,
 * or the bytes are no message: the whole reply says then what is wrong.
 */
export function replyHead(reply: Uint8Array, mostBytes: number): Buffer | undefined {
  const outer = fieldAt(reply, 0, reply.length);
  if (outer?.wireType !== LENGTH) return undefined;
  let end = outer.from;
  for (;;) {
    const field = fieldAt(reply, end, outer.end);
    if (field === undefined || field.end - outer.from > mostBytes) break;
    end = field.end;
  }
  if (end === outer.from) return undefined;
  const tag = reply.subarray(0, outer.lengthAt);
  return Buffer.concat([tag, varint(end - outer.from), reply.subarray(outer.from, end)]);
}

interface Field {
  readonly wireType: number;
  /** Where the length of one that has a length is written. */
  readonly lengthAt: number;
  /** Where the value begins. */
  readonly from: number;
  readonly end: number;
}

/** The field that begins there and ends by `limit`; undefined where there is none. */
function fieldAt(bytes: Uint8Array, at: number, limit: number): Field | undefined {
  const tag = numberAt(bytes, at, limit);
  if (tag === undefined) return undefined;
  const wireType = tag.value & 7;
  const value = numberAt(bytes, tag.end, limit);
  const of = (from: number, end: number): Field | undefined =>
    end <= limit ? { wireType, lengthAt: tag.end, from, end } : undefined;
  switch (wireType) {
    case VARINT:
      return value && of(tag.end, value.end);
    case FIXED64:
      return of(tag.end, tag.end + 8);
    case FIXED32:
      return of(tag.end, tag.end + 4);
    case LENGTH:
      return value && of(value.end, value.end + value.value);
    default:
      return undefined;
  }
}

/** A varint of at most five bytes: larger ones name no field and no length of a reply. Longer values are passed over. */
function numberAt(
  bytes: Uint8Array,
  at: number,
  limit: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 10 && at + index < limit; index += 1) {
    const byte = bytes[at + index] ?? 0;
    if (index < 5) value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return { value, end: at + index + 1 };
  }
  return undefined;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest > 127 ? (rest % 128) + 128 : rest);
    if (rest <= 127) return Buffer.from(bytes);
  }
}
