import { SECRET_FIELDS, SHORTHAND, WITH_ITS_KEY, WORDS_OF_ZERO } from './reviewed.ts';

/** A field as the facts write it. */
interface FactField {
  readonly t?: string;
  readonly w?: 1;
  readonly p?: 1;
  readonly m?: string;
  readonly enum?: readonly string[];
  readonly re?: string;
  readonly d?: unknown;
  readonly dep?: 1;
}

/** The facts: see the legend in `about` of their file. */
export interface SchemaFacts {
  readonly documents: Readonly<
    Record<
      string,
      {
        readonly root: string;
        readonly apiVersion?: string;
        readonly named?: 1;
        readonly controlplaneOnly?: 1;
        readonly conflictsWith?: readonly string[];
        readonly required?: readonly string[];
      }
    >
  >;
  readonly types: Readonly<Record<string, Readonly<Record<string, FactField>>>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** What is written: kinds, enums and types by name. */
export interface WrittenSchema {
  readonly kinds: Readonly<Record<string, unknown>>;
  readonly enums: Readonly<Record<string, unknown>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Minos's own description, made of the facts and of what was reviewed by hand. */
export function schemaOf({ documents, types, enums }: SchemaFacts): WrittenSchema {
  const fieldsOf = (id: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(types[id] ?? {}).flatMap(([name, field]): readonly (readonly [string, unknown])[] => {
        const inlined = /^<inline (.+)>$/.exec(name)?.[1];
        if (inlined !== undefined) return Object.entries(fieldsOf(inlined));
        return [[name, writtenField(`${id}.${name}`, field)]];
      }),
    );
  return {
    kinds: Object.fromEntries(
      Object.entries(documents).map(
        ([kind, { root, apiVersion, named, controlplaneOnly, conflictsWith, required }]) => [
          kind,
          {
            root,
            ...(apiVersion === undefined ? {} : { apiVersion }),
            ...(named ? { named: true } : {}),
            ...(controlplaneOnly ? { controlPlaneOnly: true } : {}),
            ...(conflictsWith ? { conflictsWith } : {}),
            ...(required ? { required } : {}),
          },
        ],
      ),
    ),
    enums: Object.fromEntries(
      Object.entries(enums).map(([id, words]) => {
        const zero = WORDS_OF_ZERO[id];
        return [id, { words, ...(zero === undefined ? {} : { zero }) }];
      }),
    ),
    types: {
      ...Object.fromEntries(Object.keys(types).map((id) => [id, fieldsOf(id)])),
      ...Object.fromEntries(Object.values(SHORTHAND).map(({ id, fields }) => [id, fields])),
    },
  };
}

function writtenField(place: string, { t, w, p, m, enum: values, re, d, dep }: FactField): object {
  return {
    type: typeText(t ?? ''),
    ...(w ? { written: true } : {}),
    ...(p ? { optional: true } : {}),
    ...mergeRule(m),
    ...(values ? { values } : {}),
    ...(re === undefined ? {} : { pattern: re }),
    ...(d === undefined ? {} : { default: d }),
    ...(dep ? { deprecated: true } : {}),
    ...(SECRET_FIELDS.has(place) ? { secret: true } : {}),
  };
}

/** Shorthands of the facts by the names of their types. */
function typeText(text: string): string {
  let result = text;
  for (const [shorthand, { id }] of Object.entries(SHORTHAND)) result = result.replace(shorthand, id);
  return result.replace('enum ', 'enum:');
}

function mergeRule(rule: string | undefined): object {
  if (rule === undefined) return {};
  if (rule === 'replace') return { merge: 'replace' };
  const keys = /^key:([\w|]+)/.exec(rule)?.[1]?.split('|') ?? [];
  const known = keys.map((key) => WITH_ITS_KEY[key] ?? key);
  return { merge: rule.includes('replaced whole') ? 'replaceByKey' : 'byKey', keys: known };
}
