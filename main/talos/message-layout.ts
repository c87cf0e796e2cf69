/*
 * What a message of proto/ looks like on the wire, as far as counting what it makes needs: taken from the descriptors that
 * proto-loader attaches to its messages.
 */

/** Wire types of the protocol. Groups (3, 4) were never part of what Talos speaks. */
export const VARINT = 0;

/** Wire type of eight bytes. */
export const FIXED64 = 1;

/** Wire type of a length and so many bytes: text, bytes, messages, packed numbers. */
export const LENGTH = 2;

/** Wire type of four bytes. */
export const FIXED32 = 5;

/** How one field is sent. */
export interface FieldLayout {
  /** Of one value; lists of numbers may also stand in one piece, as {@link LENGTH}. */
  readonly wireType: number;
  /** A number of 32 bits, for which a decoder has its own idea of where it ends. */
  readonly isInt32: boolean;
  readonly repeated: boolean;
  /** Of messages and entries of maps. */
  readonly inner: MessageLayout | undefined;
}

/** How the fields of a message are sent, and what they weigh once decoded. */
export interface MessageLayout {
  /** By number; numbers of proto/ are small. */
  readonly fields: readonly (FieldLayout | undefined)[];
  /** Values that one message makes even when it is empty: itself and every field, since defaults are filled in. */
  readonly weight: number;
}

/** A descriptor as proto-loader gives it. */
export interface MessageDescriptor {
  readonly name: string;
  readonly field: readonly {
    readonly number: number;
    readonly label: string;
    readonly type: string;
    readonly typeName: string;
  }[];
  readonly nestedType: readonly (MessageDescriptor & { readonly options: { readonly mapEntry?: boolean } | null })[];
}

const WIRE_TYPES: Readonly<Record<string, number>> = {
  TYPE_BOOL: VARINT,
  TYPE_ENUM: VARINT,
  TYPE_INT32: VARINT,
  TYPE_UINT32: VARINT,
  TYPE_SINT32: VARINT,
  TYPE_INT64: VARINT,
  TYPE_UINT64: VARINT,
  TYPE_SINT64: VARINT,
  TYPE_FIXED32: FIXED32,
  TYPE_SFIXED32: FIXED32,
  TYPE_FLOAT: FIXED32,
  TYPE_FIXED64: FIXED64,
  TYPE_SFIXED64: FIXED64,
  TYPE_DOUBLE: FIXED64,
  TYPE_STRING: LENGTH,
  TYPE_BYTES: LENGTH,
  TYPE_MESSAGE: LENGTH,
};

/** Layouts of the messages in `known` (by full name), each made when it is first asked for. No type of proto/ holds itself. */
export class MessageLayouts {
  readonly #known: ReadonlyMap<string, MessageDescriptor>;
  readonly #made = new Map<string, MessageLayout>();

  constructor(known: ReadonlyMap<string, MessageDescriptor>) {
    this.#known = known;
  }

  /** The layout of a message whose descriptor stands apart from its name; one with the same name and fields is as good. */
  like(descriptor: MessageDescriptor): MessageLayout {
    const fields = JSON.stringify(descriptor.field);
    for (const [full, { name, field }] of this.#known) {
      if (name === descriptor.name && JSON.stringify(field) === fields) return this.#of(full);
    }
    throw new Error(`proto/ has no message ${descriptor.name}`);
  }

  /** The layout of a type named in `scope`, the full name of what refers to it. Throws for a name nobody has. */
  #named(name: string, scope: string): MessageLayout {
    return this.#of(this.#fullName(name, scope));
  }

  #of(full: string): MessageLayout {
    const made = this.#made.get(full) ?? this.#make(this.#known.get(full) as MessageDescriptor, full);
    this.#made.set(full, made);
    return made;
  }

  /** Names are relative: the innermost scope that has the name wins, as in .proto files. */
  #fullName(name: string, scope: string): string {
    for (let inside = scope; inside !== ''; inside = inside.slice(0, Math.max(0, inside.lastIndexOf('.')))) {
      if (this.#known.has(`${inside}.${name}`)) return `${inside}.${name}`;
    }
    if (this.#known.has(name)) return name;
    throw new Error(`proto/ has no message ${name}, named by ${scope}`);
  }

  #make(descriptor: MessageDescriptor, full: string): MessageLayout {
    const fields: (FieldLayout | undefined)[] = [];
    for (const { number, label, type, typeName } of descriptor.field) {
      const wireType = WIRE_TYPES[type];
      if (wireType === undefined) throw new Error(`${full} has a field of a type that cannot be weighed: ${type}`);
      const entry = descriptor.nestedType.find(({ name, options }) => name === typeName && options?.mapEntry === true);
      while (fields.length < number) fields.push(undefined);
      fields[number] = {
        wireType,
        isInt32: wireType === VARINT && !type.endsWith('64'),
        repeated: label === 'LABEL_REPEATED',
        inner: entry ? this.#make(entry, full) : type === 'TYPE_MESSAGE' ? this.#named(typeName, full) : undefined,
      };
    }
    return { fields, weight: 1 + descriptor.field.length };
  }
}
