import { editDocuments } from '../../yaml/edit-documents.ts';
import { isPlainList, isPlainMap, isSameValue, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { refuseTooLong } from '../documents/bounds.ts';
import { documentIdentity, isV1Alpha1, type ConfigDocument } from '../documents/config-document.ts';
import { configRefused } from '../documents/config-refused.ts';
import { loadConfig, readDocument, refuseConflicts, refuseWrongFields, type LoadedConfig } from '../documents/load.ts';
import { meaningOf } from '../documents/meaning.ts';
import { plainText } from '../documents/scalars.ts';
import { V1ALPHA1 } from '../schema/schema.ts';
import { applyDeletion } from './apply-deletion.ts';
import type { Deletion } from './delete-markers.ts';
import { applyJsonPatch } from './json-patch.ts';
import type { Patch } from './load-patch.ts';
import { mergeDocument } from './merge.ts';

/** A config after its patches. */
export interface Patched {
  /** Lines that need not change are those of the old text. */
  readonly text: string;
  /** False when it means what it meant before, whatever its text is. */
  readonly isChanged: boolean;
}

/** A document while patches are applied; `index` is that of the text, undefined for one that a patch brought. */
type Working = Pick<ConfigDocument, 'kind' | 'name' | 'plain' | 'yaml'> & { readonly index: number | undefined };

/**
 * A machine config with patches applied in their order: what it means is what talosctl would make of it (SPEC-2 F6), and its text keeps
 * every line that need not change. Throws Failed `file-invalid` with talosctl's words.
 */
export function applyPatches(text: string, patches: readonly Patch[]): Patched {
  const config = loadConfig(text);
  const before: readonly Working[] = config.documents;
  const after = patches.reduce(
    (documents, patch) =>
      patch.kind === 'json' ? withJson(documents, patch.operations) : withStrategic(documents, patch),
    before,
  );
  refuseConflicts(after);
  const isChanged = !meansTheSame(before, after);
  // What means the same is left as it is.
  if (!isChanged) return { text, isChanged };
  const result = editedText(config, after);
  refuseTooLong(result.length, 'The patch makes it that long; nothing was changed.');
  return { text: result, isChanged };
}

function withJson(documents: readonly Working[], operations: readonly PlainMap[]): readonly Working[] {
  const [only, ...more] = documents;
  if (!only || more.length > 0)
    throw configRefused({
      text: 'JSON6902 patches are not supported for multi-document machine configuration',
      hint: 'Write it as a strategic merge patch: the part of the config that changes, as YAML.',
    });
  const plain = applyJsonPatch(only.plain, operations);
  if (!isPlainMap(plain))
    throw configRefused({ text: 'failure applying rfc6902 patches to talos machine config: no document is left' });
  const next = readDocument(only.yaml, 0, plain);
  if (!next) throw configRefused({ text: 'config not found' });
  // Only what the patch itself says is quoted: an operation may have put a secret of the config there.
  const said = new Set(operations.flatMap((operation) => textsOf(operation.get('value') ?? '')));
  refuseWrongFields(next, (value) => (said.has(plainText(value) ?? '') ? value : '…'));
  return [{ ...next, index: only.index }];
}

/** Every scalar inside a value. */
function textsOf(value: PlainValue): readonly string[] {
  if (isPlainMap(value)) return [...value.values()].flatMap(textsOf);
  return isPlainList(value) ? value.flatMap(textsOf) : [plainText(value) ?? ''];
}

function withStrategic(
  documents: readonly Working[],
  patch: Extract<Patch, { kind: 'strategic' }>,
): readonly Working[] {
  const deletions = patch.documents.flatMap((one) => one.deletions);
  // Deletions of the v1alpha1 document come before everything that is merged into it.
  let result = deletions.filter(({ kind }) => kind === V1ALPHA1).reduce(withoutDeleted, documents);
  for (const { deletions: own, merged } of patch.documents) {
    result = own.filter(({ kind }) => kind !== V1ALPHA1).reduce(withoutDeleted, result);
    if (merged) result = withMerged(result, merged);
  }
  return result;
}

/** Missing documents are passed over; missing parts of one are refused. */
function withoutDeleted(documents: readonly Working[], deletion: Deletion): readonly Working[] {
  return documents.flatMap((document) => {
    const isMeant =
      document.kind.kind === deletion.kind &&
      document.kind.apiVersion === deletion.apiVersion &&
      (deletion.name === undefined || !document.kind.named || document.name === deletion.name);
    if (!isMeant) return [document];
    return deletion.path.length === 0 ? [] : [{ ...document, plain: applyDeletion(document, deletion) }];
  });
}

function withMerged(documents: readonly Working[], patch: ConfigDocument): readonly Working[] {
  const id = documentIdentity(patch);
  const index = documents.findIndex((document) => documentIdentity(document) === id);
  const found = documents[index];
  if (!found) return [...documents, { ...patch, index: undefined }];
  return documents.with(index, { ...found, plain: mergeDocument(found.plain, patch.plain, patch.kind) });
}

/** True when two configs mean the same, document by document. */
export function meansTheSame(
  before: readonly Pick<ConfigDocument, 'kind' | 'plain'>[],
  after: readonly Pick<ConfigDocument, 'kind' | 'plain'>[],
): boolean {
  if (before.length !== after.length) return false;
  return before.every((one, i) => {
    const other = after[i];
    if (other === one || other?.plain === one.plain) return true;
    return other?.kind === one.kind && isSameValue(meaningOf(one.plain, one.kind), meaningOf(other.plain, other.kind));
  });
}

function editedText({ text, documents }: LoadedConfig, after: readonly Working[]): string {
  const kept = new Map(after.flatMap((one) => (one.index === undefined ? [] : [[one.index, one.plain] as const])));
  const changed = new Map<number, PlainMap | 'removed'>(
    documents.flatMap(({ index, plain }): readonly (readonly [number, PlainMap | 'removed'])[] => {
      const next = kept.get(index);
      return next === plain ? [] : [[index, next ?? 'removed']];
    }),
  );
  const appended = after.filter(({ index }) => index === undefined);
  // Talos writes the v1alpha1 document first; where a text had none it comes behind the others and means the same.
  const ordered = appended.toSorted((a, b) => Number(isV1Alpha1(b)) - Number(isV1Alpha1(a)));
  const before = new Map(documents.map(({ index, plain }) => [index, plain]));
  return editDocuments(text, { before, changed, appended: ordered.map(({ plain }) => plain) });
}
