import { isMap, isSeq } from 'yaml';
import { Failed } from '../lib/failed.ts';
import {
  inOldOrder,
  isPlainList,
  isPlainMap,
  isSameValue,
  type PlainMap,
  type PlainValue,
} from '../yaml/plain-value.ts';
import { renderEntry } from '../yaml/render-yaml.ts';
import { isSameAround, mapEntries, type ParseYamlOptions, type YamlDocument } from '../yaml/yaml-document.ts';
import { refusedEdit } from '../yaml/refused-edit.ts';
import { NotEditable, placesOf, type Splice } from '../yaml/yaml-items.ts';
import { applySplices, Splicer, styleOf } from '../yaml/yaml-splices.ts';
import {
  itemName,
  itemsOf,
  parseKubeconfig,
  SECTIONS,
  VALUE_FIELD,
  type Kubeconfig,
  type Section,
} from './kubeconfig.ts';
import { KUBECTL_STYLE, renderItem, renderJson, type ItemStyle } from './render-item.ts';
import { isSameEntry } from './same-entry.ts';
import {
  isUnchangedList,
  newJsonFields,
  newSections,
  sectionSplices,
  type ListChange,
  type SectionText,
} from './section-splices.ts';

const REFUSED = {
  what: 'kubeconfig',
  hint: 'Write this part on plain indented lines without anchors and merge keys (<<), or merge into another file.',
} as const;

/** One change of a kubeconfig. */
export type KubeconfigEdit =
  /** Gives an entry this value, or adds it behind the last one. */
  | { readonly kind: 'put'; readonly section: Section; readonly name: string; readonly value: PlainMap }
  /** Removes an entry; nothing happens when there is none. */
  | { readonly kind: 'remove'; readonly section: Section; readonly name: string }
  /** Gives an entry another name; nothing happens when there is none. What refers to it stays as it is. */
  | { readonly kind: 'rename'; readonly section: Section; readonly name: string; readonly to: string }
  /** Sets `current-context`; `''` unsets it. */
  | { readonly kind: 'current'; readonly name: string };

/** A text with edits, and what it holds. */
export interface Edited {
  readonly text: string;
  /** The edited text, parsed. */
  readonly kubeconfig: Kubeconfig;
}

/**
 * Applies edits to a kubeconfig as splices of its text, and proves the result: parsed again it must mean exactly the old
 * value with these edits. Everything else stays byte for byte: comments, order, quoting, line ends, byte order mark;
 * JSON stays JSON. `options` are those the result is parsed with: tokens are needed to edit it again. Throws Failed `file-invalid` when the text cannot be edited that way.
 */
export function editKubeconfig(
  before: Kubeconfig,
  edits: readonly KubeconfigEdit[],
  file?: string,
  options: ParseYamlOptions = { keepTokens: true },
): Edited {
  const wanted = wantedPlain(before.plain, edits);
  const { yaml } = before;
  try {
    if (isSameValue(before.plain, wanted) && isMeant(before, before, edits))
      return { text: yaml.text, kubeconfig: before };
    const text =
      before.plain.size === 0 ? newText(yaml, wanted) : applySplices(yaml.text, splicesFor(before, wanted, edits));
    const kubeconfig = parseKubeconfig(text, file, options);
    const isProven = isSameValue(kubeconfig.plain, wanted) && (!isJson(yaml.text) || isJson(text));
    // A second document in the file is not ours.
    const isSecondKept = isSameAround(before.yaml, kubeconfig.yaml);
    if (isProven && isSecondKept && isMeant(before, kubeconfig, edits)) return { text, kubeconfig };
  } catch (error) {
    if (error instanceof NotEditable) throw refusedEdit(yaml, { ...REFUSED, offset: error.offset, file, cause: error });
    if (!(error instanceof Failed)) throw error;
  }
  throw refusedEdit(yaml, { ...REFUSED, offset: yaml.root?.range[0] ?? 0, file });
}

/** With merge keys an entry is more than its own lines: what the result means is compared as well, entry by entry. */
function isMeant(before: Kubeconfig, after: Kubeconfig, edits: readonly KubeconfigEdit[]): boolean {
  if (!before.hasMerges && !after.hasMerges) return true;
  const current = edits.findLast((edit) => edit.kind === 'current')?.name ?? before.currentContext;
  return (
    after.currentContext === current &&
    SECTIONS.every((section) => {
      const wanted = new Map([...before[section]].map(([name, { value }]) => [name, value]));
      for (const edit of edits) {
        if (edit.kind === 'current' || edit.section !== section) continue;
        const value = wanted.get(edit.name);
        if (edit.kind === 'put') wanted.set(edit.name, edit.value);
        else wanted.delete(edit.name);
        if (edit.kind === 'rename' && value) wanted.set(edit.to, value);
      }
      const is = after[section];
      return (
        is.size === wanted.size &&
        [...wanted].every(([name, value]) => isSameEntry(is.get(name)?.value ?? new Map(), value))
      );
    })
  );
}

/** The plain value with all edits. Pure; shares what stays the same. */
function wantedPlain(old: PlainMap, edits: readonly KubeconfigEdit[]): PlainMap {
  const wanted = new Map<string, PlainValue>(old);
  for (const section of SECTIONS) {
    const items = itemsOf(old, section);
    const next = wantedItems(items, section, edits);
    if (next !== items) wanted.set(section, next);
  }
  const current = edits.findLast((edit) => edit.kind === 'current');
  if (current) wanted.set('current-context', current.name);
  if (old.size > 0) return wanted;
  const complete = new Map<string, PlainValue>([['apiVersion', 'v1']]);
  for (const name of ['clusters', 'contexts', 'current-context']) complete.set(name, wanted.get(name) ?? emptyOf(name));
  complete
    .set('kind', 'Config')
    .set('preferences', new Map())
    .set('users', wanted.get('users') ?? []);
  return complete;
}

const emptyOf = (name: string): PlainValue => (name === 'current-context' ? '' : []);

function wantedItems(
  items: readonly PlainValue[],
  section: Section,
  edits: readonly KubeconfigEdit[],
): readonly PlainValue[] {
  const field = VALUE_FIELD[section];
  const at = new Map(items.map((item, i) => [itemName(item), i]));
  const next: (PlainValue | undefined)[] = [...items];
  for (const edit of edits) {
    if (edit.kind === 'current' || edit.section !== section) continue;
    const index = at.get(edit.name);
    const item = index === undefined ? undefined : next[index];
    if (edit.kind === 'rename') {
      if (index !== undefined && isPlainMap(item)) next[index] = new Map(item).set('name', edit.to);
      at.delete(edit.name);
      if (index !== undefined) at.set(edit.to, index);
    } else if (edit.kind === 'remove') {
      if (index !== undefined) next[index] = undefined;
      at.delete(edit.name);
    } else if (index !== undefined && isPlainMap(item)) {
      next[index] = new Map(item).set(field, inOldOrder(item.get(field), edit.value));
    } else {
      at.set(edit.name, next.length);
      next.push(newItem(field, edit.name, edit.value));
    }
  }
  const kept = next.filter((item) => item !== undefined);
  return kept.length === items.length && kept.every((item, i) => item === items[i]) ? items : kept;
}

/** Fields in kubectl's order, which is the alphabet's. */
function newItem(field: string, name: string, value: PlainMap): PlainMap {
  const parts: [string, PlainValue][] = [
    [field, value],
    ['name', name],
  ];
  return new Map(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function splicesFor(before: Kubeconfig, wanted: PlainMap, edits: readonly KubeconfigEdit[]): readonly Splice[] {
  const { yaml, plain } = before;
  const { root } = yaml;
  if (!isMap(root)) throw new NotEditable(root?.range[0] ?? 0);
  const text: SectionText = { yaml, style: itemStyleOf(yaml), isJson: isJson(yaml.text) };
  const { entries } = mapEntries(yaml, root);
  const splices: Splice[] = [];
  const namesIn = (section: Section): ReadonlyMap<string, string> => renamedIn(edits, section);
  const missing: [string, readonly PlainMap[]][] = [];
  for (const section of SECTIONS) {
    const change = listChange(itemsOf(plain, section), itemsOf(wanted, section), namesIn(section));
    if (isUnchangedList(change)) continue;
    const entry = entries.find(({ name }) => name === section);
    if (entry) splices.push(...sectionSplices(text, entry.pair, change));
    else missing.push([section, change.added]);
  }
  splices.push(...newSections(text, root, missing));
  splices.push(...currentContextSplices(text, plain, wanted));
  return splices;
}

/** New names by the old ones. */
const renamedIn = (edits: readonly KubeconfigEdit[], section: Section): ReadonlyMap<string, string> =>
  new Map(edits.flatMap((one) => (one.kind === 'rename' && one.section === section ? [[one.name, one.to]] : [])));

function listChange(
  old: readonly PlainValue[],
  wanted: readonly PlainValue[],
  renamed: ReadonlyMap<string, string>,
): ListChange {
  const nameOf = (item: PlainValue): string => renamed.get(itemName(item)) ?? itemName(item);
  const next = new Map(wanted.map((item) => [itemName(item), item]));
  const known = new Set(old.map(nameOf));
  return {
    old,
    kept: old.map((item) => next.get(nameOf(item))),
    added: wanted.filter((item) => isPlainMap(item) && !known.has(itemName(item))) as PlainMap[],
  };
}

function currentContextSplices(text: SectionText, old: PlainMap, wanted: PlainMap): readonly Splice[] {
  const name = 'current-context';
  const next = wanted.get(name);
  const { yaml, style } = text;
  const { root } = yaml;
  if (next === undefined || next === old.get(name) || !isMap(root)) return [];
  if (text.isJson) {
    const range = mapEntries(yaml, root).entries.find((one) => one.name === name)?.pair.value?.range;
    if (!range) return newJsonFields(text, root, [[name, next]]);
    return [{ start: range[0], end: range[1], text: renderJson(next, '') }];
  }
  const splicer = new Splicer(yaml, { eol: style.eol, unit: style.unit });
  splicer.changeMap(root, old, new Map(old).set(name, next), false);
  return splicer.splices;
}

/** How the lists of a text are written; kubectl's layout where it does not tell. */
function itemStyleOf(yaml: YamlDocument): ItemStyle {
  const { eol } = styleOf(yaml);
  if (isJson(yaml.text)) return { eol, dashIndent: '', unit: /^\s*\{\s*?\n([ \t]+)/.exec(yaml.text)?.[1] ?? '  ' };
  if (!isMap(yaml.root)) return { eol, ...KUBECTL_STYLE };
  for (const { name, pair } of mapEntries(yaml, yaml.root).entries) {
    if (!Object.hasOwn(VALUE_FIELD, name) || !isSeq(pair.value) || pair.value.flow) continue;
    const dashIndent = placesOf(yaml.text, pair.value)[0]?.indent ?? '';
    const [item] = pair.value.items;
    if (!isMap(item) || item.flow) continue;
    for (const field of mapEntries(yaml, item).entries) {
      const inner = field.pair.value;
      if (!isMap(inner) || inner.flow || inner.items.length === 0) continue;
      const column = placesOf(yaml.text, inner)[0]?.indent.length ?? 0;
      const unit = column - dashIndent.length - 2;
      if (unit > 0) return { eol, dashIndent, unit: ' '.repeat(unit) };
    }
    return { eol, dashIndent, unit: KUBECTL_STYLE.unit };
  }
  return { eol, ...KUBECTL_STYLE };
}

/** True for a text that is JSON as a whole. */
export function isJson(text: string): boolean {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (!start.startsWith('{')) return false;
  try {
    JSON.parse(start);
    return true;
  } catch {
    return false; // `{ }` style YAML.
  }
}

/** A text without any entry becomes a complete kubeconfig; comments in it stay in front. */
function newText(yaml: YamlDocument, wanted: PlainMap): string {
  const { text } = yaml;
  const { eol } = styleOf(yaml);
  if (isJson(text)) return renderJson(wanted, KUBECTL_STYLE.unit).replaceAll('\n', eol) + eol;
  if (yaml.root !== undefined) throw new NotEditable(yaml.root.range[0]);
  const lines = [...wanted].flatMap(([name, value]) =>
    isPlainList(value) && value.length > 0
      ? [`${name}:`, ...value.flatMap((item) => (isPlainMap(item) ? renderItem(item, { eol, ...KUBECTL_STYLE }) : []))]
      : renderEntry(name, value, '', KUBECTL_STYLE.unit),
  );
  const lead = text === '' || text.endsWith('\n') || text === '\uFEFF' ? text : text + eol;
  return lead + lines.map((line) => line + eol).join('');
}
