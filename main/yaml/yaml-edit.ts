import { isMap, isScalar, type Node } from 'yaml';
import { Failed } from '../lib/failed.ts';
import { inOldOrder, isPlainMap, isSameValue, plainOf, type PlainMap, type PlainValue } from './plain-value.ts';
import { renderText } from './render-yaml.ts';
import {
  invalidAt,
  isSameAround,
  mapEntries,
  parseDocuments,
  parseYaml,
  type MapEntry,
  type ParseYamlOptions,
  type YamlDocument,
} from './yaml-document.ts';
import { refusedEdit } from './refused-edit.ts';
import { NotEditable } from './yaml-items.ts';
import { applySplices, quoteStyle, Splicer, styleOf } from './yaml-splices.ts';

const REFUSED = {
  what: 'file',
  hint: 'Make the change in an editor, or write this part on plain indented lines without anchors.',
} as const;

/** One change of a mapping somewhere in a text. Paths are names from the top; their mappings must exist. */
export type YamlEdit =
  /** Replaces an entry, or adds it behind the last one. */
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: PlainValue }
  /** Removes an entry; nothing happens when there is none. */
  | { readonly kind: 'remove'; readonly path: readonly string[] }
  /** Gives an entry another name and leaves it in its place. */
  | { readonly kind: 'rename'; readonly path: readonly string[]; readonly to: string };

/**
 * Applies edits to one YAML document of a text, the first unless `parsed` is another, as splices, and proves the result: it
 * is parsed again and must mean exactly the old value with these edits, and what stands before and behind the document must
 * be the same to the byte. Comments, order, quoting, unknown fields, line ends and byte order mark stay.
 * Throws Failed `file-invalid` when the text cannot be edited that way (a duplicate name, an anchor used elsewhere …).
 */
export function editYaml(text: string, edits: readonly YamlEdit[], file?: string, parsed?: ParsedForEdit): string {
  let result = text;
  // Parsing is what takes time: what the caller parsed already serves the first pass.
  let first = parsed;
  const index = parsed?.index ?? 0;
  for (let i = 0; i < edits.length;) {
    const isRename = edits[i]?.kind === 'rename';
    let end = i + 1;
    // A rename keeps an entry's place, so renames and other changes take turns.
    while (end < edits.length && (edits[end]?.kind === 'rename') === isRename) end++;
    const part = edits.slice(i, end);
    const before = first ?? parseForEdit(result, file, index);
    first = undefined;
    result = isRename
      ? renameAll(
          before,
          part.filter((e) => e.kind === 'rename'),
          file,
        )
      : changeAll(before, part, file);
    i = end;
  }
  return result;
}

/** A document parsed with tokens, and what it means. */
export interface ParsedForEdit {
  readonly yaml: YamlDocument;
  /** Which of the documents of its text it is; the first is 0. */
  readonly index: number;
  readonly plain: PlainValue;
}

/**
 * Parses a document of a text for {@link editYaml}; for another one than the first, all of them must be YAML. Throws Failed
 * `file-invalid` where an edit could not be proven, such as duplicate names, and `not-found` for a document that is not there.
 */
export function parseForEdit(text: string, file?: string, index = 0): ParsedForEdit {
  const yaml = documentAt(text, index, file, { keepTokens: true });
  return { yaml, index, plain: plainOf(yaml, file) };
}

function documentAt(text: string, index: number, file?: string, options?: ParseYamlOptions): YamlDocument {
  if (index === 0) return parseYaml(text, file, options);
  const document = parseDocuments(text, file, options)[index];
  if (document === undefined) throw new Failed({ code: 'not-found', message: 'The file has no such document.' });
  return document;
}

function changeAll(before: ParsedForEdit, edits: readonly YamlEdit[], file: string | undefined): string {
  const { yaml, plain: old } = before;
  const { root, text } = yaml;
  if (!isMap(root) || !isPlainMap(old)) throw notAMapping(file);
  const wanted = inOldOrder(old, edits.reduce<PlainMap>(applyEdit, old));
  if (!isPlainMap(wanted) || isSameValue(old, wanted)) return text;
  return spliceAndProve(before, wanted, file, () => {
    const splicer = new Splicer(yaml, styleOf(yaml));
    splicer.changeMap(root, old, wanted, false);
    return applySplices(text, splicer.splices);
  });
}

type Rename = Extract<YamlEdit, { kind: 'rename' }>;

/** Renames one after the other: each may build on the one before. */
function renameAll(first: ParsedForEdit, edits: readonly Rename[], file: string | undefined): string {
  return edits.reduce((before, edit, index) => {
    const parsed = index === 0 ? first : parseForEdit(before, file, first.index);
    const { yaml, plain: old } = parsed;
    if (!isPlainMap(old)) throw notAMapping(file);
    return spliceAndProve(parsed, renameEntry(old, edit.path, edit.to), file, () => {
      const key = keyAt(yaml, edit.path);
      if (!isScalar(key) || !key.range || key.type?.startsWith('BLOCK_')) throw new NotEditable(key?.range?.[0] ?? 0);
      // `{a}` and empty keys: the proof decides.
      return applySplices(before, [
        { start: key.range[0], end: key.range[1], text: renderText(edit.to, quoteStyle(key)) },
      ]);
    });
  }, first.yaml.text);
}

const notAMapping = (file: string | undefined): Failed =>
  invalidAt('not a mapping, so there is nothing to edit.', { line: 1, column: 1 }, file);

/** Splices, parses the result and compares it with what was meant. */
function spliceAndProve(
  { yaml, index }: ParsedForEdit,
  wanted: PlainValue,
  file: string | undefined,
  splice: () => string,
): string {
  let result: string;
  try {
    result = splice();
  } catch (error) {
    if (error instanceof NotEditable) throw refusedEdit(yaml, { ...REFUSED, offset: error.offset, file, cause: error });
    throw error;
  }
  try {
    const edited = documentAt(result, index);
    if (isSameAround(yaml, edited) && isSameValue(plainOf(edited), wanted)) return result;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
  }
  throw refusedEdit(yaml, { ...REFUSED, offset: yaml.root?.range[0] ?? 0, file });
}

function keyAt(yaml: YamlDocument, path: readonly string[]): Node | null {
  let map: Node | null | undefined = yaml.root;
  for (const [depth, name] of path.entries()) {
    const entry: MapEntry | undefined = isMap(map)
      ? mapEntries(yaml, map).entries.find((e) => e.name === name)
      : undefined;
    if (!entry) throw new NotEditable(map?.range?.[0] ?? 0);
    if (depth === path.length - 1) return entry.pair.key;
    map = entry.pair.value;
  }
  return null;
}

/** The plain value with one edit. Pure; shares everything that stays the same. */
function applyEdit(root: PlainMap, edit: YamlEdit): PlainMap {
  switch (edit.kind) {
    case 'set':
      return updateAt(root, edit.path, () => edit.value);
    case 'remove':
      return updateAt(root, edit.path, () => undefined);
    case 'rename':
      return renameEntry(root, edit.path, edit.to);
  }
}

function updateAt(
  map: PlainMap,
  path: readonly string[],
  change: (old: PlainValue | undefined) => PlainValue | undefined,
): PlainMap {
  const [name, ...rest] = path;
  if (name === undefined) throw new Error('an edit needs a path');
  const old = map.get(name);
  let next: PlainValue | undefined;
  if (rest.length === 0) next = change(old);
  else {
    if (!isPlainMap(old))
      throw new Failed({ code: 'not-found', message: 'The part of the file to change does not exist.' });
    next = updateAt(old, rest, change);
  }
  if (next === old) return map;
  const result = new Map(map);
  if (next === undefined) result.delete(name);
  else result.set(name, next);
  return result;
}

function renameEntry(root: PlainMap, path: readonly string[], to: string): PlainMap {
  const parent = path.slice(0, -1);
  const from = path.at(-1) ?? '';
  const renamed = (map: PlainMap): PlainMap => {
    if (!map.has(from)) throw new Failed({ code: 'not-found', message: 'The entry to rename does not exist.' });
    if (from !== to && map.has(to)) throw new Failed({ code: 'conflict', message: `The name “${to}” is taken.` });
    return new Map([...map].map(([name, value]) => [name === from ? to : name, value]));
  };
  if (parent.length === 0) return renamed(root);
  return updateAt(root, parent, (old) => {
    if (!isPlainMap(old))
      throw new Failed({ code: 'not-found', message: 'The part of the file to change does not exist.' });
    return renamed(old);
  });
}
