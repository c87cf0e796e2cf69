import type { AlikePatch } from '../../../preload/contract/index.ts';
import { Failed } from '../../lib/failed.ts';
import { redactText } from '../../lib/redact.ts';
import { isSameValue, type PlainValue } from '../../yaml/plain-value.ts';
import { renderInline } from '../../yaml/render-yaml.ts';
import { loadConfig } from '../documents/load.ts';
import { applyPatches } from '../patch/apply-patches.ts';
import { loadPatch } from '../patch/load-patch.ts';
import { Masker } from '../secrets/mask.ts';
import { failedWithoutSecrets } from '../secrets/without-secrets.ts';
import { configFields, documentOfField, fieldPath, type ConfigField, type FieldStep } from './config-fields.ts';
import { expectedIn, isOfControlPlanes, isOfOwnLink, machineTypeOf } from './expected.ts';
import { isSameField, jsonPatch, mergePatch, writtenPatch, type FieldChange } from './write-patch.ts';

/**
 * Writes the patch that makes the fields `ids` of the config `have` like those of `want`, and proves it by applying it: exactly these fields
 * change, to exactly these values. Secrets, and what each machine has of its own, are left out and named. Throws Failed `file-invalid` for
 * what is no config, without its secrets.
 */
export function makeAlike(have: string, want: string, ids: readonly string[]): AlikePatch {
  try {
    return alike(have, want, ids);
  } catch (error) {
    throw error instanceof Failed ? failedWithoutSecrets(failedWithoutSecrets(error, have), want) : error;
  }
}

function alike(have: string, want: string, ids: readonly string[]): AlikePatch {
  const { documents } = loadConfig(have);
  const [{ fields: mine, secrets }, { fields: theirs, secrets: others }] = [
    configFields(documents),
    configFields(loadConfig(want).documents),
  ];
  const masker = new Masker();
  masker.learn([...secrets, ...others]);
  const hide = masker.quoter();
  // A value that is a secret elsewhere is one here.
  const isOpen = (value: PlainValue): boolean => {
    const text = renderInline(value);
    return redactText(hide(text)) === text;
  };
  const areTypesOther = machineTypeOf(mine) !== machineTypeOf(theirs);
  const whyOf = (id: string): string | undefined =>
    whyLeftOut({ before: mine.get(id), after: theirs.get(id) }, isOpen, areTypesOther);
  const leftOut: AlikePatch['leftOut'][number][] = [];
  const changes: FieldChange[] = [];
  for (const id of withParts(ids, mine, theirs)) {
    const [before, after] = [mine.get(id), theirs.get(id)];
    const field = after ?? before;
    if (field === undefined || (before && after && isSameValue(before.value, after.value))) continue;
    const why = whyOf(id) ?? (field.steps.length === 0 ? whyNotWhole(field, mine, theirs, whyOf) : undefined);
    if (why === undefined) changes.push({ field, wanted: after?.value });
    else leftOut.push({ path: hide(placeOf(field)), why });
  }
  if (changes.length === 0) return { patch: '', kind: 'merge', leftOut };
  const merge = writtenPatch(mergePatch(changes));
  const wrong = whatItMisses(have, merge, changes);
  if (wrong.length === 0) return { patch: merge, kind: 'merge', leftOut };
  const json = documents.length === 1 ? writtenPatch(jsonPatch(documents[0], changes)) : undefined;
  if (json !== undefined && whatItMisses(have, json, changes).length === 0)
    return { patch: json, kind: 'json', leftOut };
  const missed = new Set(wrong);
  const sayable = changes.filter((change) => !missed.has(change));
  const rest = writtenPatch(mergePatch(sayable));
  const isProven = sayable.length > 0 && whatItMisses(have, rest, sayable).length === 0;
  const unsaid = isProven ? wrong : changes;
  return {
    ...{ patch: isProven ? rest : '', kind: 'merge' },
    leftOut: [...leftOut, ...unsaid.map(({ field }) => ({ path: hide(placeOf(field)), why: CANNOT_SAY }))],
  };
}

const CANNOT_SAY =
  'a merge cannot say it, as when something goes from a list, and a JSON patch is for configs of one document only: edit the config';

const placeOf = (field: ConfigField): string =>
  field.steps.length === 0 ? field.title : `${field.title}: ${fieldPath(field)}`;

/** A document as a whole stands for all its fields when it comes; when it goes, for itself. */
function withParts(
  ids: readonly string[],
  mine: ReadonlyMap<string, ConfigField>,
  theirs: ReadonlyMap<string, ConfigField>,
): ReadonlySet<string> {
  const all = new Set(ids);
  for (const id of ids) {
    const document = theirs.get(id);
    if (document?.steps.length !== 0 || mine.has(id)) continue;
    for (const one of theirs.values()) if (one.document === document.document) all.add(one.id);
  }
  return all;
}

/**
 * Why a document does not come or go: with it would go what the machine has of its own, such as its name, or nothing would come of it but what
 * is left out.
 */
function whyNotWhole(
  { id: document }: ConfigField,
  mine: ReadonlyMap<string, ConfigField>,
  theirs: ReadonlyMap<string, ConfigField>,
  whyOf: (id: string) => string | undefined,
): string | undefined {
  const isComing = theirs.has(document);
  const all = [...(isComing ? theirs : mine).values()];
  const parts = all.filter((one) => one.document === document && one.steps.length > 0);
  const reasons = parts.flatMap(({ id }) => whyOf(id) ?? []);
  return isComing && reasons.length < parts.length ? undefined : reasons[0];
}

function whyLeftOut(
  { before, after }: { readonly before: ConfigField | undefined; readonly after: ConfigField | undefined },
  isOpen: (value: PlainValue) => boolean,
  areTypesOther: boolean,
): string | undefined {
  const field = after ?? before;
  if (field === undefined) return undefined;
  const isOneSided = before === undefined || after === undefined;
  if (areTypesOther && isOneSided && isOfControlPlanes(field)) return 'only control planes have it';
  if (isOneSided && isOfOwnLink(field)) return 'each machine has its own (hardware)';
  const hidden = after?.hidden ?? before?.hidden;
  if (hidden === 'unknown') return 'Minos does not know what it is';
  if (hidden === 'secret' || !isOpen([field.title, ...field.steps.map(stepValue), after?.value ?? '']))
    return 'a secret is not copied';
  const expected = expectedIn(field);
  return expected === undefined ? undefined : `each machine has its own (${expected})`;
}

const stepValue = (step: FieldStep): PlainValue => (typeof step === 'string' ? step : step.value);

/** What a patch leaves other than it should: changes that do not come out, or all where it is refused or changes more. */
function whatItMisses(have: string, patch: string, changes: readonly FieldChange[]): readonly FieldChange[] {
  try {
    const result = configFields(loadConfig(applyPatches(have, [loadPatch(patch)]).text).documents).fields;
    const before = configFields(loadConfig(have).documents).fields;
    const wanted = new Map(changes.map((change) => [change.field.id, change]));
    const isOther = [...new Set([...before.keys(), ...result.keys()])].some(
      (id) => !isCovered(id, wanted) && !isSameField(before.get(id)?.value, result.get(id)?.value),
    );
    if (isOther) return changes;
    return changes.filter(({ field, wanted: value }) => !isSameField(result.get(field.id)?.value, value));
  } catch (error) {
    if (error instanceof Failed) return changes;
    throw error;
  }
}

/** Part of a change: its field, or one of a document that goes as a whole. */
function isCovered(id: string, wanted: ReadonlyMap<string, FieldChange>): boolean {
  if (wanted.has(id)) return true;
  const whole = wanted.get(documentOfField(id));
  return whole !== undefined && whole.wanted === undefined;
}
