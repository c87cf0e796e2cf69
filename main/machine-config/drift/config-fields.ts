import { renderInline } from '../../yaml/render-yaml.ts';
import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { documentFields } from '../documents/check-fields.ts';
import { documentIdentity, documentTitle, type ConfigDocument } from '../documents/config-document.ts';
import { isZero, meaningOfType } from '../documents/meaning.ts';
import { isNothing, plainText } from '../documents/scalars.ts';
import { fieldsOf, type Field, type Fields, type FieldType, type Kind } from '../schema/schema.ts';
import { findSecrets, type FoundSecret } from '../secrets/find-secrets.ts';

/** A step from the top of a document to a field: a name, or the element of a list that has this value under that key. */
export type FieldStep = string | { readonly key: string; readonly value: PlainValue };

/** A field of a config: what cannot be compared in smaller parts. */
export interface ConfigField {
  /** The same in every config. */
  readonly id: string;
  /** Identity and title of its document. */
  readonly document: string;
  readonly title: string;
  readonly kind: Kind;
  /** Empty for the document itself, which is a field that says that it is there. */
  readonly steps: readonly FieldStep[];
  /** What it means, however it is spelled. */
  readonly value: PlainValue;
  /** Why its value is not shown: it is or holds a secret, or nobody knows what it is. */
  readonly hidden: 'secret' | 'unknown' | undefined;
}

/** The fields of a config by their ids, in its order, and its secrets. */
export interface ConfigFields {
  readonly fields: ReadonlyMap<string, ConfigField>;
  readonly secrets: readonly FoundSecret[];
}

/** What names a document is no field of it. */
const HEAD: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'version']);

/** Takes a config apart. What Talos takes for the same is the same: order of names, spelling of numbers, what is as if not written. */
export function configFields(documents: readonly ConfigDocument[]): ConfigFields {
  const fields = new Map<string, ConfigField>();
  const secrets = documents.flatMap((document) => {
    const found = findSecrets(document);
    for (const field of fieldsOfDocument(document, found)) fields.set(field.id, field);
    return found;
  });
  return { fields, secrets };
}

/** Where a walk is. `raw`: as {@link findSecrets} calls it. */
interface Place {
  readonly steps: readonly FieldStep[];
  readonly id: string;
  readonly raw: string;
}

function fieldsOfDocument(document: ConfigDocument, secrets: readonly FoundSecret[]): readonly ConfigField[] {
  const { kind, plain } = document;
  const identity = documentIdentity(document);
  const head = { document: identity, title: documentTitle(document), kind };
  const isKnownKind = kind.root !== '';
  const hiddenAt = hiddenPlaces(secrets);
  const found: ConfigField[] = [];
  const add = ({ steps, id, raw }: Place, value: PlainValue, isKnown: boolean): void => {
    found.push({ ...head, id, steps, value, hidden: hiddenAt(raw) ?? (isKnown ? undefined : 'unknown') });
  };
  const walk = (value: PlainValue, type: FieldType | undefined, at: Place, keys: readonly string[]): void => {
    if (isPlainMap(value) && value.size > 0 && type?.is === 'struct') return ofStruct(value, fieldsOf(type.id), at);
    if (
      isPlainMap(value) &&
      value.size > 0 &&
      (type?.is === 'map' || type?.is === 'object' || type?.is === 'arguments')
    ) {
      const inner: FieldType | undefined = type.is === 'map' ? type.of : type.is === 'object' ? type : undefined;
      for (const [name, one] of value) {
        if (type.is === 'arguments') add(below(at, name), meaningOfArguments(name, one), true);
        else if (!isNothing(one)) walk(one, inner, below(at, name), []);
      }
      return undefined;
    }
    const elements = type?.is === 'list' && isPlainList(value) ? byKey(value, keys) : undefined;
    if (type?.is !== 'list' || elements === undefined) {
      const last = at.steps.at(-1);
      return add(
        at,
        type ? meaningOfType(value, type, typeof last === 'string' ? last : '') : value,
        type !== undefined,
      );
    }
    elements.forEach(([step, one], i) =>
      walk(one, type.of, { steps: [...at.steps, step], id: at.id + stepId(step), raw: `${at.raw}[${i}]` }, []),
    );
    return undefined;
  };
  const ofStruct = (map: PlainMap, known: Fields, at: Place): void => {
    for (const [name, one] of map) {
      if (isNothing(one) || (at.steps.length === 0 && (HEAD.has(name) || (kind.named && name === 'name')))) continue;
      const field = known.get(name);
      if (field === undefined) add(below(at, name), one, false);
      else if (!isAsIfAbsent(one, field, name)) walk(one, field.type, below(at, name), field.keys);
    }
  };
  const top: Place = { steps: [], id: identity, raw: '' };
  add(top, new Literal('true'), true);
  ofStruct(plain, isKnownKind ? documentFields(kind) : new Map(), top);
  return found;
}

/** Of what is in a mapping each field is looked at by itself. */
const isAsIfAbsent = (value: PlainValue, field: Field, name: string): boolean =>
  !field.optional && (isPlainMap(value) ? value.size === 0 : isZero(meaningOfType(value, field.type, name), field));

const meaningOfArguments = (name: string, value: PlainValue): PlainValue => {
  const meaning = meaningOfType(new Map([[name, value]]), { is: 'arguments' }, name);
  return isPlainMap(meaning) ? (meaning.get(name) ?? value) : value;
};

const below = ({ steps, id, raw }: Place, name: string): Place => ({
  steps: [...steps, name],
  id: id + stepId(name),
  raw: raw === '' ? name : `${raw}.${name}`,
});

/** What stands at or below a place of a document that is not shown. */
function hiddenPlaces(secrets: readonly FoundSecret[]): (raw: string) => ConfigField['hidden'] {
  const places = new Map<string, 'secret' | 'unknown'>();
  for (const { path, isKnown } of secrets) {
    // The field that holds it may be a list, or a free form, as a whole.
    for (
      let end = path.length;
      end > 0;
      end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
    ) {
      const place = path.slice(0, end);
      if (isKnown) places.set(place, 'secret');
      else if (!places.has(place)) places.set(place, 'unknown');
    }
  }
  return (raw) => places.get(raw);
}

/** The elements of a list by the first of some keys that each has; undefined where that does not tell them apart. */
function byKey(list: readonly PlainValue[], keys: readonly string[]): (readonly [FieldStep, PlainMap])[] | undefined {
  const elements: (readonly [FieldStep, PlainMap])[] = [];
  const seen = new Set<string>();
  for (const one of list) {
    if (!isPlainMap(one)) return undefined;
    const key = keys.find((name) => !isNothing(one.get(name)) && plainText(one.get(name)) !== '');
    const step = key === undefined ? undefined : { key, value: one.get(key) ?? '' };
    if (step === undefined || seen.has(stepId(step))) return undefined;
    seen.add(stepId(step));
    elements.push([step, one]);
  }
  return elements.length > 0 ? elements : undefined;
}

/** In an id no step can be taken for two: the sign before it stands in no text of YAML. The scalar by which an element is found has one spelling here. */
const stepId = (step: FieldStep): string =>
  typeof step === 'string'
    ? `${STEP}.${step}`
    : `${STEP}${step.key}=${plainText(step.value) ?? renderInline(step.value)}`;

const STEP = '\u0000';

/** The id of the document that a field is in, as a field. */
export const documentOfField = (id: string): string => id.split(STEP, 1)[0] ?? id;

/** `machine.network.interfaces[eth0].mtu`; empty for a document. */
export const fieldPath = ({ steps }: Pick<ConfigField, 'steps'>): string =>
  steps
    .map((step, i) =>
      typeof step === 'string'
        ? `${i === 0 ? '' : '.'}${step}`
        : `[${plainText(step.value) ?? renderInline(step.value)}]`,
    )
    .join('');
