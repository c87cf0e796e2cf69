import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../yaml/plain-value.ts';
import { configRefused } from '../documents/config-refused.ts';
import { plainText } from '../documents/scalars.ts';
import { V1ALPHA1 } from '../schema/schema.ts';

/** One `$patch: delete`: what it removes of which documents. */
export interface Deletion {
  readonly kind: string;
  readonly apiVersion: string;
  /** Only the document of this name; undefined: every one of the kind. */
  readonly name: string | undefined;
  /** Names from the top, `[0]` for an element of a list; empty for the document itself. */
  readonly path: readonly string[];
  /** The element of a list that goes: the first with this value. */
  readonly selector: { readonly key: string; readonly value: string } | undefined;
}

/** A document of a patch: what it deletes, and what is left to merge. */
export interface ExtractedDocument {
  readonly deletions: readonly Deletion[];
  /** Undefined when nothing is left that could be merged. */
  readonly rest: PlainValue | undefined;
}

/** Takes the `$patch: delete` out of a document (SPEC-2 F6). Throws Failed `file-invalid` with talosctl's words; `line` is the document's. */
export function extractDeletions(plain: PlainValue, line: number): ExtractedDocument {
  if (!isPlainMap(plain)) return { deletions: [], rest: plain };
  const deletions: Deletion[] = [];
  const refuse = (why: string): never => {
    throw configRefused({ text: `error processing patch delete statements at line ${line}: ${why}`, line });
  };
  const deletion = (path: readonly string[], selector?: Deletion['selector']): void => {
    const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => plainText(plain.get(key)) ?? '');
    for (const key of path.length === 0 ? (['apiVersion', 'kind'] as const) : [])
      if (!plain.has(key)) refuse(`missing ${key} in document for which $patch: delete is used`);
    if ((apiVersion === '') !== (kind === ''))
      refuse(`kind and apiVersion must be both set for path ${path.join('.')}`);
    deletions.push({
      kind: kind === '' ? V1ALPHA1 : (kind ?? ''),
      apiVersion: apiVersion ?? '',
      name: name === '' ? undefined : name,
      path,
      selector,
    });
  };
  /** What is left of a value; undefined when it goes. `inList`: it is an element of a list. */
  const strip = (value: PlainValue, path: readonly string[], inList: boolean): PlainValue | undefined => {
    if (isPlainMap(value)) {
      if (isMarked(value)) {
        if (inList) deletion(path, selectorOf(value, path, refuse));
        else if (path.some((part) => part.startsWith('['))) refuse(`cannot delete an inner key in '${path.join('.')}'`);
        else deletion(path);
        return undefined;
      }
      return strippedMap(value, path, strip);
    }
    if (!isPlainList(value)) return value;
    let isWhole = true;
    // The place of an element is counted among those that are left, as talosctl does.
    const rest: PlainValue[] = [];
    for (const item of value) {
      const left = strip(item, [...path, `[${rest.length}]`], true);
      if (left === undefined) isWhole = false;
      else rest.push(left);
    }
    return !isWhole && rest.length === 0 ? undefined : rest;
  };
  const rest = strip(plain, [], false);
  return { deletions, rest: rest !== undefined && isOnlyHead(rest) ? undefined : rest };
}

const isMarked = (map: PlainMap): boolean => plainText(map.get('$patch')) === 'delete';

function strippedMap(
  map: PlainMap,
  path: readonly string[],
  strip: (value: PlainValue, path: readonly string[], inList: boolean) => PlainValue | undefined,
): PlainMap | undefined {
  const rest = new Map<string, PlainValue>();
  let isWhole = true;
  for (const [name, value] of map) {
    const left = strip(value, [...path, name], false);
    if (left === undefined) isWhole = false;
    else rest.set(name, left);
  }
  return !isWhole && rest.size === 0 ? undefined : rest;
}

/** The first other pair of a marked element. */
function selectorOf(map: PlainMap, path: readonly string[], refuse: (why: string) => never): Deletion['selector'] {
  for (const [key, value] of map) if (key !== '$patch') return { key, value: plainText(value) ?? '' };
  return refuse(`no key:val found in sequence node for path ${path.join('.')}`);
}

/** True for a document of nothing but what names it. */
function isOnlyHead(value: PlainValue): boolean {
  if (!isPlainMap(value)) return false;
  return [...value].every(([name, one]) => ['version', 'kind', 'name'].includes(name) && plainText(one) !== undefined);
}
