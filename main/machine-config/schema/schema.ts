import written from './schema.json' with { type: 'json' };

/** What a value of a machine config may be. */
export type FieldType =
  /** One word, as the facts call it: `string`, `int`, `uint`, `bool`, `duration`, `bytesize`, `base64`, `cel`, `ip` … */
  | { readonly is: 'scalar'; readonly word: string }
  /** One of some words; a patch cannot set `zero` over another. */
  | { readonly is: 'enum'; readonly words: readonly string[]; readonly zero?: string }
  | { readonly is: 'list'; readonly of: FieldType }
  | { readonly is: 'map'; readonly of: FieldType }
  /** Arguments of a program: each a text or a list of texts. */
  | { readonly is: 'arguments' }
  /** Fields of a type of the schema, by its id. */
  | { readonly is: 'struct'; readonly id: string }
  /** Free form: whatever Kubernetes or another program reads. */
  | { readonly is: 'object' };

/** One field of a type. */
export interface Field {
  readonly type: FieldType;
  /** Talos writes the key even when it is empty. */
  readonly written: boolean;
  /** Absent and zero are different. */
  readonly optional: boolean;
  /** What a patch does, where it is not what it does with other fields of that type. */
  readonly merge?: 'replace' | 'byKey' | 'replaceByKey';
  /** By which of its fields an element is found again, the first that it has. */
  readonly keys: readonly string[];
  /** The words that are allowed, of itself or of its elements. */
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  readonly deprecated: boolean;
  /** Holds a secret; of a free form, whatever is called `secret` inside. */
  readonly secret: boolean;
}

/** The fields of a type in the order in which Talos writes them. */
export type Fields = ReadonlyMap<string, Field>;

/** A kind of document. */
export interface Kind {
  /** `LinkConfig`; `v1alpha1` for the document that has no kind. */
  readonly kind: string;
  /** Empty for `v1alpha1`. */
  readonly apiVersion: string;
  readonly root: string;
  /** Several of it may stand in one config, each with a name. */
  readonly named: boolean;
  readonly controlPlaneOnly: boolean;
  /** Kinds that may not stand beside it under the same name. */
  readonly conflictsWith: readonly string[];
  /** Fields without which the config is refused. */
  readonly required: readonly string[];
}

/** What the schema calls the document without a kind. */
export const V1ALPHA1 = 'v1alpha1';

interface WrittenField {
  readonly type: string;
  readonly written?: boolean;
  readonly optional?: boolean;
  readonly merge?: 'replace' | 'byKey' | 'replaceByKey';
  readonly keys?: readonly string[];
  readonly values?: readonly string[];
  readonly pattern?: string;
  readonly deprecated?: boolean;
  readonly secret?: boolean;
}

type WrittenKind = Partial<Kind> & { readonly root: string };

const KINDS: ReadonlyMap<string, Kind> = new Map(
  Object.entries(written.kinds as Readonly<Record<string, WrittenKind>>).map(([kind, one]) => [
    kind,
    { kind, apiVersion: '', named: false, controlPlaneOnly: false, conflictsWith: [], required: [], ...one },
  ]),
);
const ENUMS = written.enums as Readonly<Record<string, { readonly words: readonly string[]; readonly zero?: string }>>;
const TYPES = written.types as unknown as Readonly<Record<string, Readonly<Record<string, WrittenField>>>>;

/** A kind of document by its name, `v1alpha1` for the one without; undefined for what Talos does not know. */
export const kindNamed = (kind: string): Kind | undefined => KINDS.get(kind);

/** Every kind that a document may have, `v1alpha1` included. */
export const kindNames = (): readonly string[] => [...KINDS.keys()];

/** What fields that hold one secret text are called, over all types: `token`, `key`, `passphrase` … */
export const secretNames = (): ReadonlySet<string> =>
  new Set(
    Object.values(TYPES).flatMap((fields) =>
      Object.entries(fields).flatMap(([name, { secret, type }]) =>
        secret === true && typeOf(type).is === 'scalar' ? [name] : [],
      ),
    ),
  );

const read = new Map<string, Fields>();

/** The fields of a type; none for an id that the schema does not have. */
export function fieldsOf(id: string): Fields {
  const known = read.get(id);
  if (known !== undefined) return known;
  const fields: Fields = new Map(Object.entries(TYPES[id] ?? {}).map(([name, field]) => [name, fieldOf(field)]));
  read.set(id, fields);
  return fields;
}

function fieldOf({ type, merge, values, pattern, ...field }: WrittenField): Field {
  return {
    type: typeOf(type),
    written: field.written ?? false,
    optional: field.optional ?? false,
    keys: field.keys ?? [],
    deprecated: field.deprecated ?? false,
    secret: field.secret ?? false,
    ...(merge === undefined ? {} : { merge }),
    ...(values === undefined ? {} : { values }),
    ...(pattern === undefined ? {} : { pattern: new RegExp(pattern) }),
  };
}

function typeOf(text: string): FieldType {
  if (text === 'map<string|list<string>>') return { is: 'arguments' };
  const inner = /^(list|map)<(.+)>$/.exec(text);
  if (inner) return { is: inner[1] === 'list' ? 'list' : 'map', of: typeOf(inner[2] ?? '') };
  if (text.startsWith('enum:')) return { is: 'enum', ...(ENUMS[text.slice('enum:'.length)] ?? { words: [] }) };
  if (text === 'object') return { is: 'object' };
  return Object.hasOwn(TYPES, text) ? { is: 'struct', id: text } : { is: 'scalar', word: text };
}

/** The ids of all types of fields. */
export const typeIds = (): readonly string[] => Object.keys(TYPES);

/** What the schema calls the type of a field: `list<v1alpha1.Device>`. */
export const typeWord = (id: string, field: string): string => TYPES[id]?.[field]?.type ?? '';

/** The words that a place takes, without what is said of each; undefined where it takes others. */
export const allowedWords = ({
  type,
  values,
}: {
  readonly type: FieldType | undefined;
  readonly values?: readonly string[] | undefined;
}): readonly string[] | undefined =>
  values ?? (type?.is === 'enum' ? type.words.map((word) => word.split(' ')[0] ?? word) : undefined);

/** True for words of which the facts do not name all: a number goes as well. */
export const isOpenEnum = (type: FieldType | undefined): boolean =>
  type?.is === 'enum' && type.words.some((word) => word.includes('…'));
