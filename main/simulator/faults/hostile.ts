import type { AnyMethod } from '../../talos/load-proto.ts';
import type { HostileKind, NodeFault } from './faults.ts';
import { readSchema, type FieldSchema, type MessageSchema } from '../wire/message-schema.ts';
import { readFields, type WireField } from '../wire/protobuf-reader.ts';
import { encodeTag, encodeVarint } from '../wire/protobuf-writer.ts';

/*
 * Answers of a node that means harm: each is a correct message of its type, field by field, but what the fields hold
 * tries to break whoever shows it. Works on the encoded reply, so that it can also hold what no encoder would write.
 */

const MEBIBYTE = 1024 * 1024;

/** What the client accepts at most is 32 MiB; one field more must not turn the test into another one. */
const REPLY_BYTES_MAX = 30 * MEBIBYTE;

const HTML = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>&lt;';
const CONTROL = '\u001b[31;1mred\u001b[0m\u0000\u0007\r\n\tback\b\u202egnp.exe\u2066\ufeff';
const INVALID_UTF8 = Buffer.from([0x66, 0xc3, 0x28, 0xf0, 0x9f, 0xff, 0xed, 0xa0, 0x80, 0x6f]);
const UNKNOWN_ENUM = 9_999n;
const INT32_MAX = 2n ** 31n - 1n;
const INT64_MAX = 2n ** 63n - 1n;
const MINUS_ONE = 2n ** 64n - 1n;

function real(value: number, width: number): Buffer {
  const bytes = Buffer.alloc(width);
  if (width === 8) bytes.writeDoubleLE(value);
  else bytes.writeFloatLE(value);
  return bytes;
}

function hostileText(kind: HostileKind, original: Buffer): Buffer {
  switch (kind) {
    case 'html':
      return Buffer.from(HTML);
    case 'control-codes':
      return Buffer.from(CONTROL);
    case 'long-strings':
      return Buffer.alloc(MEBIBYTE, 'long ');
    case 'invalid-utf8':
      return INVALID_UTF8;
    case 'huge-numbers':
    case 'negative-numbers':
    case 'unknown-enums':
    case 'missing-fields':
    case 'too-many-items':
      return original;
  }
}

/** A new value for a number or text, or the old one where the kind does not concern it. */
function hostileValue(kind: HostileKind, schema: FieldSchema, value: bigint | Buffer): bigint | Buffer {
  switch (schema.kind) {
    case 'text':
      return Buffer.isBuffer(value) ? hostileText(kind, value) : value;
    case 'integer':
    case 'integer32':
      if (Buffer.isBuffer(value)) return value;
      if (kind === 'huge-numbers') return schema.kind === 'integer' ? INT64_MAX : INT32_MAX;
      return kind === 'negative-numbers' ? MINUS_ONE : value;
    case 'real':
      if (!Buffer.isBuffer(value)) return value;
      if (kind === 'huge-numbers') return real(Number.MAX_VALUE, value.length);
      return kind === 'negative-numbers' ? real(-1.5, value.length) : value;
    case 'enum':
      return kind === 'unknown-enums' && !Buffer.isBuffer(value) ? UNKNOWN_ENUM : value;
    case 'bytes':
    case 'bool':
    case 'message':
      return value;
  }
}

function encodeField({ number, wireType, value }: WireField): Buffer {
  const tag = encodeTag(number, wireType);
  if (!Buffer.isBuffer(value)) return Buffer.concat([tag, encodeVarint(value)]);
  return wireType === 2 ? Buffer.concat([tag, encodeVarint(BigInt(value.length)), value]) : Buffer.concat([tag, value]);
}

class Spoiler {
  readonly #schema: MessageSchema;
  readonly #kind: HostileKind;
  #bytesLeft = REPLY_BYTES_MAX;

  constructor(schema: MessageSchema, kind: HostileKind) {
    this.#schema = schema;
    this.#kind = kind;
  }

  spoil(bytes: Buffer, typeName: string): Buffer {
    const fields = readFields(bytes);
    const known = this.#schema.fields.get(typeName);
    const spoilt = fields.flatMap((field) => this.#field(field, known?.get(field.number)));
    return Buffer.concat(this.#kind === 'too-many-items' ? this.#multiplied(spoilt, known) : spoilt.map(encodeField));
  }

  #field(field: WireField, schema: FieldSchema | undefined): readonly WireField[] {
    if (schema === undefined) return [field];
    if (schema.kind === 'message' && Buffer.isBuffer(field.value)) {
      return [{ ...field, value: this.spoil(field.value, schema.typeName) }];
    }
    if (this.#kind === 'missing-fields') return [];
    const value = hostileValue(this.#kind, schema, field.value);
    const grown = Buffer.isBuffer(value) ? value.length : 0;
    if (grown > this.#bytesLeft) return [field];
    this.#bytesLeft -= grown;
    return [{ ...field, value }];
  }

  /** Repeats the items of the longest list as often as they fit. The innermost list is reached first and takes it all. */
  #multiplied(fields: readonly WireField[], known: ReadonlyMap<number, FieldSchema> | undefined): readonly Buffer[] {
    const encoded = fields.map(encodeField);
    const items = encoded.filter((_bytes, index) => {
      const schema = known?.get(fields[index]?.number ?? 0);
      return schema?.repeated === true && schema.kind === 'message';
    });
    const size = items.reduce((sum, item) => sum + item.length, 0);
    // One item is a reply's envelope, not a list.
    if (items.length < 2) return encoded;
    const times = Math.floor(this.#bytesLeft / size) - 1;
    if (times < 1) return encoded;
    this.#bytesLeft = 0;
    const all = Buffer.concat(items);
    return [...encoded, ...Array.from({ length: times }, () => all)];
  }
}

/** The bytes of a reply, spoilt. */
export function makeHostile(method: AnyMethod, reply: object, kind: HostileKind): Buffer {
  const schema = readSchema(method);
  return new Spoiler(schema, kind).spoil(method.responseSerialize(reply), schema.replies.get(method.path) ?? '');
}

interface ReplyWithResources {
  readonly resource?: SentResource | null;
  readonly event?: readonly { readonly resource?: SentResource | null }[];
}

interface SentResource {
  readonly metadata?: { readonly type?: string; readonly id?: string };
}

/** The replies that are sent for one, where a node's resources have specs that mean harm; else the reply itself. */
export function* withSpecs(fault: NodeFault | null, reply: unknown): Generator<unknown> {
  const { resource, event } = reply as ReplyWithResources;
  const first = resource ?? event?.[0]?.resource;
  const type = first?.metadata?.type;
  if (fault?.kind !== 'specs' || !type || (fault.type !== undefined && fault.type !== type)) {
    yield reply;
    return;
  }
  const spoilt = (sent: SentResource | null | undefined, copy: number) =>
    sent && {
      ...sent,
      metadata: { ...sent.metadata, id: copy === 0 ? sent.metadata?.id : `${sent.metadata?.id ?? ''}-${copy}` },
      spec: { yaml_spec: fault.yaml },
    };
  for (let copy = 0; copy < (fault.times ?? 1); copy += 1) {
    yield event === undefined
      ? { ...(reply as object), resource: spoilt(resource, copy) }
      : { ...(reply as object), event: event.map((one) => ({ ...one, resource: spoilt(one.resource, copy) })) };
  }
}
