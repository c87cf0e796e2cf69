import { isPlainList, isPlainMap, Literal, plainOf, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { Failed } from '../../lib/failed.ts';
import { readDocuments } from '../documents/bounds.ts';
import type { ConfigDocument } from '../documents/config-document.ts';
import { configRefused } from '../documents/config-refused.ts';
import { readDocument, refuseWrongFields } from '../documents/load.ts';
import { extractDeletions, type Deletion } from './delete-markers.ts';

/** One document of a strategic merge patch. */
export interface PatchDocument {
  readonly deletions: readonly Deletion[];
  /** What is merged; undefined for a document that only deletes. */
  readonly merged: ConfigDocument | undefined;
}

/** A patch as it was recognised. */
export type Patch =
  | { readonly kind: 'strategic'; readonly documents: readonly PatchDocument[] }
  | { readonly kind: 'json'; readonly operations: readonly PlainMap[] };

/** Most operations of a JSON patch. */
const MAX_OPERATIONS = 10_000;

/**
 * Recognises a patch as talosctl does (SPEC-2 F6): a strategic merge patch, else a JSON patch in JSON, else one in YAML. Throws Failed
 * `file-invalid` with the reason of the form that the text looks like.
 */
export function loadPatch(text: string): Patch {
  try {
    return { kind: 'strategic', documents: strategicOf(text) };
  } catch (strategic) {
    if (!(strategic instanceof Failed) || strategic.failure.code !== 'file-invalid') throw strategic;
    const json = jsonOf(text);
    if (json !== undefined && !(json instanceof Failed)) return { kind: 'json', operations: json };
    const operations = yamlOf(text);
    if (operations !== undefined) return { kind: 'json', operations };
    throw json instanceof Failed && text.trim().startsWith('[') ? json : strategic;
  }
}

function strategicOf(text: string): readonly PatchDocument[] {
  return readDocuments(text).flatMap((yaml, index) => {
    if (yaml.root === undefined) return [];
    const { deletions, rest } = extractDeletions(plainOf(yaml), yaml.positionOf(yaml.root.range[0]).line);
    if (rest === undefined) return [{ deletions, merged: undefined }];
    const merged = readDocument(yaml, index, rest);
    // What a patch says was typed by whoever reads the answer.
    if (merged) refuseWrongFields(merged, (value) => value);
    return [{ deletions, merged }];
  });
}

/** The operations of a text that is JSON; a failure that says why it is none. */
function jsonOf(text: string): readonly PlainMap[] | Failed | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return configRefused({
      text: 'The patch starts as JSON but is none.',
      hint: 'Check its brackets, quotes and commas.',
    });
  }
  if (!Array.isArray(parsed) || !parsed.every((one) => typeof one === 'object' && one !== null && !Array.isArray(one)))
    return configRefused({ text: 'A JSON patch is a list of operations.' });
  return operationsOf(plainOfJson(parsed));
}

/** The operations of a text that is a YAML list of mappings; undefined for any other. */
function yamlOf(text: string): readonly PlainMap[] | undefined {
  try {
    const [yaml, ...more] = readDocuments(text).filter(({ root }) => root !== undefined);
    return yaml && more.length === 0 ? operationsOf(plainOf(yaml)) : undefined;
  } catch (error) {
    if (error instanceof Failed) return undefined;
    throw error;
  }
}

function operationsOf(value: PlainValue): readonly PlainMap[] | undefined {
  if (!isPlainList(value) || !value.every(isPlainMap)) return undefined;
  if (value.length > MAX_OPERATIONS)
    throw new Failed({ code: 'too-large', message: 'A JSON patch of more than 10,000 operations.' });
  return value;
}

function plainOfJson(value: unknown): PlainValue {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(plainOfJson);
  if (typeof value === 'object' && value !== null)
    return new Map(Object.entries(value).map(([name, one]) => [name, plainOfJson(one)]));
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    throw configRefused({ text: 'A number in the patch is too large to be kept exactly.', hint: 'Write it as text.' });
  return new Literal(String(value));
}
