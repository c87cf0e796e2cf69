import { isMap, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { isPlainMap, isSameValue, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';
import { renderInline } from '../yaml/render-yaml.ts';
import { isUnset, type YamlDocument } from '../yaml/yaml-document.ts';
import {
  afterColon,
  contentEnd,
  endOfLine,
  isAbsent,
  NotEditable,
  placesOf,
  type ItemPlace,
  type Splice,
} from '../yaml/yaml-items.ts';
import { Splicer } from '../yaml/yaml-splices.ts';
import { renderItem, renderJson, type ItemStyle } from './render-item.ts';

/** How one list changes: `kept` has an item's new value, or undefined where it goes; `added` follow the last one. */
export interface ListChange {
  readonly old: readonly PlainValue[];
  readonly kept: readonly (PlainValue | undefined)[];
  readonly added: readonly PlainMap[];
}

/** What the splices of a list need to know of the text around it. */
export interface SectionText {
  readonly yaml: YamlDocument;
  readonly style: ItemStyle;
  /** The text is JSON and must stay JSON. */
  readonly isJson: boolean;
}

/** The splices that change one list. `pair` is its entry in the document. Throws NotEditable. */
export function sectionSplices(
  text: SectionText,
  pair: Pair<Node | null, Node | null>,
  change: ListChange,
): readonly Splice[] {
  const list = pair.value;
  if (isSeq(list) && list.items.length > 0) {
    return list.flow ? flowSplices(text, list, change) : blockSplices(text, pair, list, change);
  }
  if (list !== null && !isSeq(list) && !isAbsent(list) && !isUnset(list)) throw new NotEditable(list.range?.[0] ?? 0);
  return change.added.length === 0 ? [] : fillEmpty(text, pair, list, change.added);
}

function blockSplices(
  { yaml, style, isJson }: SectionText,
  pair: Pair<Node | null, Node | null>,
  list: YAMLSeq,
  { old, kept, added }: ListChange,
): readonly Splice[] {
  const places = placesOf(yaml.text, list);
  const first = places[0];
  const last = places.at(-1);
  if (!first || !last || isJson) throw new NotEditable(list.range?.[0] ?? 0);
  const here = { ...style, dashIndent: first.indent };
  const splices: Splice[] = [];
  if (added.length === 0 && kept.every((value) => value === undefined)) {
    const colon = afterColon(pair);
    if (colon === undefined) throw new NotEditable(first.start);
    splices.push({ start: colon, end: colon, text: ' []' });
  }
  places.forEach((place, i) => {
    const [before, after] = [old[i], kept[i]];
    if (before === undefined || after === before) return;
    if (after === undefined) splices.push({ start: place.start, end: place.end, text: '' });
    else splices.push(...changedItem(yaml, here, list.items[i] as Node | null, place, before, after));
  });
  if (added.length > 0) {
    const lines = added.flatMap((item) => renderItem(item, here));
    splices.push(linesAt(yaml.text, last.end, lines, style.eol));
  }
  return splices;
}

/** Changes the fields that differ; an item written so that this cannot be done is written anew as a whole. */
function changedItem(
  yaml: YamlDocument,
  style: ItemStyle,
  node: Node | null,
  place: ItemPlace,
  before: PlainValue,
  after: PlainValue,
): readonly Splice[] {
  if (!isPlainMap(before) || !isPlainMap(after)) throw new NotEditable(place.start);
  if (isMap(node)) {
    try {
      const splicer = new Splicer(yaml, { eol: style.eol, unit: style.unit });
      splicer.changeMap(node, before, after, false);
      return splicer.splices;
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
    }
  }
  const lines = renderItem(after, style).join(style.eol) + style.eol;
  return [{ start: place.start, end: place.end, text: lines }];
}

function flowSplices({ yaml, style, isJson }: SectionText, list: YAMLSeq, change: ListChange): readonly Splice[] {
  const { old, kept, added } = change;
  const places = placesOf(yaml.text, list);
  const first = places[0];
  const last = places.at(-1);
  if (!first || !last || places.some((place) => place.hasComment)) throw new NotEditable(list.range?.[0] ?? 0);
  const open = (list.range?.[0] ?? 0) + 1;
  const lead = yaml.text.slice(open, first.start);
  if (/[^\s]/.test(lead)) throw new NotEditable(open);
  const indent = lead.includes('\n') ? lead.slice(lead.lastIndexOf('\n') + 1) : '';
  const render = (value: PlainValue): string =>
    isJson
      ? renderJson(value, lead.includes('\n') ? style.unit : '', indent).replaceAll('\n', style.eol)
      : renderInline(value);
  const gap = lead === '' && !isJson ? ' ' : lead;
  const splices: Splice[] = [];
  const isKept = kept.map((value) => value !== undefined);
  if (!isKept.includes(true)) {
    return [{ start: first.start, end: last.end, text: added.map(render).join(`,${gap}`) }];
  }
  places.forEach((place, i) => {
    const [before, after] = [old[i], kept[i]];
    if (before === undefined || after === before) return;
    if (after !== undefined) splices.push({ start: place.start, end: place.end, text: render(after) });
    else splices.push(withoutComma(places, isKept, i));
  });
  const lastKept = places[isKept.lastIndexOf(true)];
  if (added.length > 0 && lastKept) {
    const text = added.map((item) => `,${gap}${render(item)}`).join('');
    splices.push({ start: lastKept.end, end: lastKept.end, text });
  }
  return splices;
}

/** Removes an item together with the comma behind it, or before it when only removed ones follow. */
function withoutComma(places: readonly ItemPlace[], isKept: readonly boolean[], i: number): Splice {
  const place = places[i];
  const next = places[i + 1];
  if (!place) throw new NotEditable(0);
  const lastKept = isKept.lastIndexOf(true);
  if (i < lastKept && next) return { start: place.start, end: next.start, text: '' };
  return { start: places[i - 1]?.end ?? place.start, end: place.end, text: '' };
}

/** A list that is `[]`, null or nothing gets its first items. */
function fillEmpty(
  { yaml, style, isJson }: SectionText,
  pair: Pair<Node | null, Node | null>,
  list: Node | null,
  added: readonly PlainMap[],
): readonly Splice[] {
  const colon = afterColon(pair);
  if (colon === undefined) throw new NotEditable(pair.key?.range?.[0] ?? 0);
  const absent = list === null || isAbsent(list);
  const start = absent ? colon : (list.range?.[0] ?? colon);
  const end = absent ? colon : contentEnd(list);
  if (isJson) return [{ start, end, text: renderJson(added, '') }];
  const keyStart = pair.key?.range?.[0] ?? 0;
  const lines = added.flatMap((item) => renderItem(item, style));
  const lineEnd = endOfLine(yaml.text, end);
  if (yaml.text.slice(0, keyStart).lastIndexOf('\n') !== keyStart - 1 && keyStart > 1) throw new NotEditable(keyStart);
  return [
    ...(end > colon ? [{ start: colon, end, text: '' }] : []),
    { start: lineEnd, end: lineEnd, text: lines.map((line) => style.eol + line).join('') },
  ];
}

/** Whole lines at the start of a line, or behind the last one when the text ends without a line end. */
function linesAt(text: string, offset: number, lines: readonly string[], eol: string): Splice {
  const needsBreak = offset > 0 && text[offset - 1] !== '\n' && !(offset === 1 && text.startsWith('\uFEFF'));
  return { start: offset, end: offset, text: lines.map((line) => (needsBreak ? eol + line : line + eol)).join('') };
}

/** Entries of the document itself that are new, as lines behind its last one. */
export function newSections(
  { yaml, style, isJson }: SectionText,
  root: YAMLMap,
  sections: readonly (readonly [string, readonly PlainMap[]])[],
): readonly Splice[] {
  if (sections.length === 0) return [];
  if (isJson) return newJsonFields({ yaml, style, isJson }, root, sections);
  if (root.flow) throw new NotEditable(root.range?.[0] ?? 0);
  const end = placesOf(yaml.text, root).at(-1)?.end;
  if (end === undefined) throw new NotEditable(root.range?.[0] ?? 0);
  const lines = sections.flatMap(([name, items]) => [`${name}:`, ...items.flatMap((item) => renderItem(item, style))]);
  return [linesAt(yaml.text, end, lines, style.eol)];
}

/** Fields that are new in a JSON document, behind its last one and laid out like the first. */
export function newJsonFields(
  { yaml, style }: SectionText,
  root: YAMLMap,
  fields: readonly (readonly [string, PlainValue])[],
): readonly Splice[] {
  const places = placesOf(yaml.text, root);
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) throw new NotEditable(root.range?.[0] ?? 0);
  const lead = yaml.text.slice((root.range?.[0] ?? 0) + 1, first.start);
  const unit = lead.includes('\n') ? style.unit : '';
  const indent = lead.slice(lead.lastIndexOf('\n') + 1);
  const parts = fields.map(([name, value]) => {
    const json = renderJson(value, unit, indent).replaceAll('\n', style.eol);
    return `,${lead}${JSON.stringify(name)}:${unit && ' '}${json}`;
  });
  return [{ start: last.end, end: last.end, text: parts.join('') }];
}

/** True when nothing of a list changes. */
export const isUnchangedList = ({ old, kept, added }: ListChange): boolean =>
  added.length === 0 &&
  kept.every((value, i) => value === old[i] || (value !== undefined && isSameValue(value, old[i] ?? '')));
