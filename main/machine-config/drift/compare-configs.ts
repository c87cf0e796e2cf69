import type { DriftCell, DriftRow, ExpectedDifference } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { redactText } from '../../lib/redact.ts';
import { renderInline } from '../../yaml/render-yaml.ts';
import { isPlainList, isPlainMap, Literal, type PlainValue } from '../../yaml/plain-value.ts';
import { documentsToShow } from '../documents/load.ts';
import { plainText } from '../documents/scalars.ts';
import { Masker } from '../secrets/mask.ts';
import { failedWithoutSecrets } from '../secrets/without-secrets.ts';
import { configFields, fieldPath, type ConfigField } from './config-fields.ts';
import { expectedIn, isOfControlPlanes, isOfOwnLink, machineTypeOf } from './expected.ts';

/** Configs beside each other. */
export interface ComparedConfigs {
  /** Indices of texts that are the same but for what is expected to differ: the one to compare with first, else the most frequent. */
  readonly groups: readonly (readonly number[])[];
  /** Those that are not expected first. */
  readonly rows: readonly DriftRow[];
  /** Rows and groups (columns of the rows) that are not told. */
  readonly moreRows: number;
  readonly moreGroups: number;
  /** Texts that are no configs. */
  readonly unread: readonly { readonly text: number; readonly why: string }[];
}

/** Rows and columns that somebody may still read. */
const MOST_ROWS = 500;
const MOST_GROUPS = 12;
/** Of a value. */
const MOST_SHOWN = 160;

/**
 * Compares machine configs field by field by what they mean; each text is read once. `weights`: how many machines have each text, 0 for one
 * that is only compared with. `base`: the text to compare with. Secrets are compared here and leave as being equal or not.
 */
export function compareConfigs(
  texts: readonly string[],
  weights: readonly number[],
  base: number | undefined,
): ComparedConfigs {
  const masker = new Masker();
  const unread: ComparedConfigs['unread'][number][] = [];
  const read = texts.flatMap((text, index): readonly ReadText[] => {
    try {
      const { fields, secrets } = configFields(documentsToShow(text));
      masker.learn(secrets);
      return [{ index, fields }];
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      unread.push({ text: index, why: failedWithoutSecrets(error, text).failure.message });
      return [];
    }
  });
  const hide = masker.quoter();
  const differing = differingFields(read);
  const groups = groupsOf(read, differing, weights, base);
  const columns = groups.slice(0, MOST_GROUPS);
  const ordered = [...differing.filter(({ expected }) => !expected), ...differing.filter(({ expected }) => expected)];
  const rows = ordered.slice(0, MOST_ROWS).map(({ field, variants, values, expected }): DriftRow => ({
    ...{ id: field.id, document: hide(field.title), path: hide(fieldPath(field)) },
    ...(expected && { expected }),
    cells: columns.map((column) => cellOf(column, variants, values, hide)),
  }));
  return {
    groups: groups.map((group) => group.map((at) => read[at]?.index ?? 0)),
    ...{ rows, unread: unread.map(({ text, why }) => ({ text, why: hide(why) })) },
    moreRows: ordered.length - rows.length,
    moreGroups: groups.length - columns.length,
  };
}

interface ReadText {
  readonly index: number;
  readonly fields: ReadonlyMap<string, ConfigField>;
}

/** A field in which texts differ. */
interface Differing {
  readonly field: ConfigField;
  /** By text that was read; −1 where it is absent. */
  readonly variants: Int32Array;
  /** A field of each variant. */
  readonly values: readonly ConfigField[];
  readonly expected: ExpectedDifference | undefined;
}

function differingFields(read: readonly ReadText[]): readonly Differing[] {
  const all = new Map<
    string,
    { readonly variants: Int32Array; readonly values: ConfigField[]; readonly known: Map<string, number> }
  >();
  for (const [at, { fields }] of read.entries()) {
    for (const [id, field] of fields) {
      let one = all.get(id);
      if (one === undefined) {
        one = { variants: new Int32Array(read.length).fill(-1), values: [], known: new Map() };
        all.set(id, one);
      }
      const value = canonical(field.value);
      let variant = one.known.get(value);
      if (variant === undefined) {
        variant = one.values.push(field) - 1;
        one.known.set(value, variant);
      }
      one.variants[at] = variant;
    }
  }
  const types = read.map(({ fields }) => machineTypeOf(fields));
  const found = [...all].flatMap(([, { variants, values }]): readonly Differing[] => {
    const [field] = values;
    if (field === undefined || variants.every((one) => one === variants[0])) return [];
    const ofHardware = isOfOwnLink(field) && variants.includes(-1) ? 'hardware' : undefined;
    const expected = values.map(expectedIn).find(Boolean) ?? ofHardware ?? betweenTypes(field, variants, types);
    return [{ field, variants, values, expected }];
  });
  // Where a document is missing, that says it all, unless those that have it differ as well.
  const missing = new Map(
    found.flatMap(({ field, variants }) => (field.steps.length === 0 ? [[field.document, variants]] : [])),
  );
  return found.filter(({ field, variants, values }) => {
    const there = missing.get(field.document);
    return field.steps.length === 0 || there === undefined || values.length > 1 || !isSameAbsence(variants, there);
  });
}

const isSameAbsence = (variants: Int32Array, document: Int32Array): boolean =>
  variants.every((variant, at) => (variant === -1) === (document[at] === -1));

/** What all control planes have alike and no worker has, where that is how it is. */
function betweenTypes(
  field: ConfigField,
  variants: Int32Array,
  types: readonly string[],
): ExpectedDifference | undefined {
  if (!isOfControlPlanes(field)) return undefined;
  const isSo = types.every((type, at) =>
    type === 'controlplane' ? variants[at] === 0 : type === 'worker' && variants[at] === -1,
  );
  return isSo ? 'machine types' : undefined;
}

/** Texts that are the same but for what is expected. */
function groupsOf(
  read: readonly ReadText[],
  differing: readonly Differing[],
  weights: readonly number[],
  base: number | undefined,
): readonly (readonly number[])[] {
  const drift = differing.filter(({ expected }) => expected === undefined);
  const groups = Map.groupBy(read.keys(), (at) => drift.map(({ variants }) => variants[at]).join());
  const weightOf = (group: readonly number[]): number =>
    group.reduce((sum, at) => sum + (weights[read[at]?.index ?? 0] ?? 0), 0);
  const hasBase = (group: readonly number[]): boolean => group.some((at) => read[at]?.index === base);
  return [...groups.values()].sort((a, b) => Number(hasBase(b)) - Number(hasBase(a)) || weightOf(b) - weightOf(a));
}

function cellOf(
  group: readonly number[],
  variants: Int32Array,
  values: readonly ConfigField[],
  hide: (text: string) => string,
): DriftCell {
  const own = new Set(group.map((at) => variants[at] ?? -1));
  const [variant = -1] = own;
  if (own.size > 1) return { is: 'several', count: own.size };
  const field = values[variant];
  if (field === undefined) return { is: 'absent' };
  if (field.hidden !== undefined) return { is: 'hidden', why: field.hidden, variant };
  if (field.steps.length === 0) return { is: 'value', text: 'present', variant };
  // First masked, then cut: a part of a secret is not found any more.
  const text = redactText(hide(shownText(field.value)));
  return { is: 'value', text: text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text, variant };
}

const shownText = (value: PlainValue): string =>
  isPlainMap(value) || isPlainList(value) ? renderInline(value) : (plainText(value) ?? '');

/** Equal for values that are the same. */
function canonical(value: PlainValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Literal) return value.isNull ? 'null' : `=${value.text}`;
  if (isPlainList(value)) return `[${value.map(canonical).join()}]`;
  return `{${[...value].map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join()}}`;
}
