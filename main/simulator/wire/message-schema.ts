import type { AnyMethod } from '../../talos/load-proto.ts';
import { bytesOf, numberOf, readFields, stringOf } from './protobuf-reader.ts';

/** What a field holds, as far as a spoiler of messages cares. */
export type FieldKind = 'text' | 'bytes' | 'integer' | 'integer32' | 'real' | 'bool' | 'enum' | 'message';

/** A field of a message. */
export interface FieldSchema {
  readonly kind: FieldKind;
  readonly repeated: boolean;
  /** Full name of the message type, for kind `message`. */
  readonly typeName: string;
}

/** Fields of every message by full name (`machine.Process`), and the reply type of every method by path. */
export interface MessageSchema {
  readonly fields: ReadonlyMap<string, ReadonlyMap<number, FieldSchema>>;
  readonly replies: ReadonlyMap<string, string>;
}

/** Numbers of google.protobuf.FieldDescriptorProto.Type; what is missing is an integer of 64 bits. */
const KINDS: Readonly<Record<number, FieldKind>> = {
  1: 'real',
  2: 'real',
  5: 'integer32',
  8: 'bool',
  9: 'text',
  11: 'message',
  12: 'bytes',
  13: 'integer32',
  14: 'enum',
  17: 'integer32',
};

const REPEATED = 3;

interface RawMessage {
  readonly scope: string;
  readonly bytes: Buffer;
}

function collect(parent: string, messages: readonly Buffer[], into: RawMessage[]): void {
  for (const bytes of messages) {
    const fields = readFields(bytes);
    const scope = `${parent}.${stringOf(fields, 1)}`;
    into.push({ scope, bytes });
    collect(scope, bytesOf(fields, 3), into);
  }
}

/** Names may be relative: the innermost scope that has the name wins, as in .proto files. */
function resolve(name: string, scope: string, known: ReadonlySet<string>): string {
  if (name.startsWith('.')) return name.slice(1);
  for (let inside = scope; inside !== ''; inside = inside.slice(0, Math.max(0, inside.lastIndexOf('.')))) {
    if (known.has(`${inside}.${name}`)) return `${inside}.${name}`;
  }
  return name;
}

/** The descriptors that proto-loader attaches to each method, which grpc-js does not know of. */
interface Described {
  readonly responseType: { readonly fileDescriptorProtos: readonly Buffer[] };
}

/** Reads the descriptors of proto/ from any of its methods. */
export function readSchema(method: AnyMethod): MessageSchema {
  const files = (method as unknown as Described).responseType.fileDescriptorProtos.map(readFields);
  const raw: RawMessage[] = [];
  for (const file of files) collect(stringOf(file, 2), bytesOf(file, 4), raw);
  const known = new Set(raw.map(({ scope }) => scope));

  const fields = new Map<string, ReadonlyMap<number, FieldSchema>>();
  for (const { scope, bytes } of raw) {
    const described = bytesOf(readFields(bytes), 2).map((field) => {
      const parts = readFields(field);
      const schema: FieldSchema = {
        kind: KINDS[numberOf(parts, 5)] ?? 'integer',
        repeated: numberOf(parts, 4) === REPEATED,
        typeName: resolve(stringOf(parts, 6), scope, known),
      };
      return [numberOf(parts, 3), schema] as const;
    });
    fields.set(scope, new Map(described));
  }

  const replies = new Map<string, string>();
  for (const file of files) {
    for (const service of bytesOf(file, 6).map(readFields)) {
      for (const rpc of bytesOf(service, 2).map(readFields)) {
        const path = `/${stringOf(file, 2)}.${stringOf(service, 1)}/${stringOf(rpc, 1)}`;
        replies.set(path, resolve(stringOf(rpc, 3), stringOf(file, 2), known));
      }
    }
  }
  return { fields, replies };
}
