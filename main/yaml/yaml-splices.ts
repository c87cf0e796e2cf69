import { diffArrays } from 'diff';
import { isMap, isScalar, isSeq, Scalar, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { inOldOrder, isPlainList, isPlainMap, isSameValue, type PlainMap, type PlainValue } from './plain-value.ts';
import {
  isBlockValue,
  renderEntry,
  renderInline,
  renderLines,
  renderListItem,
  renderLiteral,
  renderText,
  type QuoteStyle,
} from './render-yaml.ts';
import { mapEntries, type MapEntry, type YamlDocument } from './yaml-document.ts';
import {
  afterColon,
  contentEnd,
  endOfLine,
  isAbsent,
  NotEditable,
  placesOf,
  startOfLine,
  type ItemPlace,
  type Splice,
} from './yaml-items.ts';

/** How new lines are written in a text. */
export interface TextStyle {
  /** The text's own line end. */
  readonly eol: string;
  /** One step of indentation. */
  readonly unit: string;
}

/** The smallest splices that turn the mapping `old` of a document into `wanted`. Throws NotEditable. */
export class Splicer {
  readonly #yaml: YamlDocument;
  readonly #style: TextStyle;
  readonly splices: Splice[] = [];

  constructor(yaml: YamlDocument, style: TextStyle) {
    this.#yaml = yaml;
    this.#style = style;
  }

  /** Changes the value of one entry; `column` is the indentation of its key. */
  #changeValue(entry: MapEntry, old: PlainValue, wanted: PlainValue, inFlow: boolean): void {
    if (old === wanted || isSameValue(old, wanted)) return;
    const node = entry.pair.value;
    if (isMap(node) && isPlainMap(old) && isPlainMap(wanted) && old.size > 0 && wanted.size > 0) {
      this.changeMap(node, old, wanted, inFlow);
    } else if (isSeq(node) && isPlainList(old) && isPlainList(wanted) && old.length > 0 && wanted.length > 0) {
      this.#changeList(node, old, wanted, inFlow);
    } else if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
      this.#collapse(entry, node, wanted);
    } else {
      this.#replace(entry, wanted, inFlow);
    }
  }

  /** Turns one mapping into another: entries that stay keep their place, new ones follow the last. */
  changeMap(map: YAMLMap, old: PlainMap, wanted: PlainMap, parentInFlow: boolean): void {
    const inFlow = parentInFlow || map.flow === true;
    const { entries } = mapEntries(this.#yaml, map);
    const kept = entries.map((entry) => wanted.has(entry.name));
    const added = [...wanted].filter(([name]) => !old.has(name));
    entries.forEach((entry) => {
      const before = old.get(entry.name);
      const after = wanted.get(entry.name);
      if (before !== undefined && after !== undefined) this.#changeValue(entry, before, after, inFlow);
    });
    if (added.length === 0 && kept.every(Boolean)) return;
    const places = placesOf(this.#yaml.text, map);
    const last = places.length - 1;
    this.#changeItems(
      places,
      kept,
      new Map(added.length > 0 ? [[last, added]] : []),
      inFlow,
      ([name, value]: [string, PlainValue], indent) =>
        inFlow ? [`${renderText(name)}: ${renderInline(value)}`] : renderEntry(name, value, indent, this.#style.unit),
    );
  }

  /**
   * Turns one list into another, item by item, so that comments of the items that stay are kept. A mapping in the place of another
   * is that one changed.
   */
  #changeList(list: YAMLSeq, old: readonly PlainValue[], wanted: readonly PlainValue[], parentInFlow: boolean): void {
    const inFlow = parentInFlow || list.flow === true;
    const kept: boolean[] = [];
    const added = new Map<number, PlainValue[]>();
    let removed: number[] = [];
    for (const part of diffArrays([...old], [...wanted], { comparator: isSameValue })) {
      if (part.added) {
        const changed = inFlow ? 0 : this.#changeItemsInPlace(list, old, removed, part.value);
        for (const index of removed.slice(0, changed)) kept[index] = true;
        // What replaces an item that was changed in place follows it; what is new follows the last item before it.
        const rest = part.value.slice(changed);
        const at = kept.length - 1;
        if (rest.length > 0) added.set(at, [...(added.get(at) ?? []), ...rest]);
        removed = [];
      } else {
        removed = [];
        for (let i = 0; i < part.count; i++) {
          if (part.removed) removed.push(kept.length);
          kept.push(!part.removed);
        }
      }
    }
    if (added.size === 0 && kept.every(Boolean)) return;
    this.#changeItems(placesOf(this.#yaml.text, list), kept, added, inFlow, (value, indent) =>
      inFlow ? [renderInline(value)] : renderListItem(value, indent, this.#style.unit),
    );
  }

  /** Changes mappings of a block list into those that replace them, as many from the front as can be; answers how many. */
  #changeItemsInPlace(
    list: YAMLSeq,
    old: readonly PlainValue[],
    removed: readonly number[],
    wanted: readonly PlainValue[],
  ): number {
    let changed = 0;
    for (const index of removed) {
      const [node, before, after] = [list.items[index] as Node | null, old[index], wanted[changed]];
      if (!isMap(node) || !isPlainMap(before) || !isPlainMap(after) || before.size === 0 || after.size === 0) break;
      // Where no name stays, nothing would stand beside the dash.
      if (![...after.keys()].some((name) => before.has(name))) break;
      // Splices leave names in their order: where another is wanted, the item is written anew.
      if (!isSameValue(inOldOrder(before, after), after)) break;
      this.changeMap(node, before, after, false);
      changed++;
    }
    return changed;
  }

  /**
   * Removes the items that are not kept and inserts others: `added` maps the index of the item before (−1: the front) to
   * what follows it.
   */
  #changeItems<T>(
    places: readonly ItemPlace[],
    kept: readonly boolean[],
    added: ReadonlyMap<number, readonly T[]>,
    inFlow: boolean,
    render: (item: T, indent: string) => readonly string[],
  ): void {
    const [first] = places;
    if (!first) throw new NotEditable(0);
    if (!inFlow) {
      if (added.has(-1) && first.besideDash) throw new NotEditable(first.start);
      for (const [after, items] of added)
        this.#insertLines(
          places[after]?.end ?? first.start,
          items.flatMap((item) => render(item, first.indent)),
        );
      this.#removeLines(places, kept);
      return;
    }
    if (!kept.some(Boolean)) {
      const all = [...added.values()].flat().flatMap((item) => render(item, ''));
      this.#add(first.start, (places.at(-1) ?? first).end, all.join(', '));
      return;
    }
    for (const [after, items] of added) {
      const texts = items.flatMap((item) => render(item, ''));
      // An insertion follows the last kept item before it, where a comma stays in front of it.
      const anchor = kept.lastIndexOf(true, after);
      const place = after < 0 ? undefined : places[anchor];
      if (place && anchor >= 0) this.#add(place.end, place.end, texts.map((t) => `, ${t}`).join(''));
      else this.#add(first.start, first.start, texts.map((t) => `${t}, `).join(''));
    }
    this.#removeFlowRuns(places, kept);
  }

  /** Removes items of a block collection. The first may stand beside the dash of a list, where another has to follow it. */
  #removeLines(places: readonly ItemPlace[], kept: readonly boolean[]): void {
    let from = 0;
    if (places[0]?.besideDash === true && kept[0] === false) {
      from = kept.indexOf(true);
      const [begin, next] = [places[0], places[from]];
      if (!begin || !next) throw new NotEditable(begin?.start ?? 0);
      this.#add(begin.start, next.start + next.indent.length, '');
    }
    places.forEach((place, i) => {
      if (i >= from && kept[i] === false) this.#add(place.start, place.end, '');
    });
  }

  /** Removes runs of items from a flow collection with exactly one comma each. */
  #removeFlowRuns(places: readonly ItemPlace[], kept: readonly boolean[]): void {
    for (let i = 0; i < places.length; i++) {
      if (kept[i]) continue;
      let j = i;
      while (j + 1 < places.length && !kept[j + 1]) j++;
      const run = places.slice(i, j + 1);
      const next = places[j + 1];
      const before = places[i - 1];
      const [from, to] = before ? [before.end, run.at(-1)?.end ?? 0] : [run[0]?.start ?? 0, next?.start ?? 0];
      const withCommas = before ? run : [...run.slice(1), ...(next ? [next] : [])];
      if (withCommas.some((place) => place.hasComment)) {
        for (const comma of withCommas.flatMap((place) => place.commas)) this.#add(comma.offset, comma.offset + 1, '');
        for (const place of run) this.#add(place.start, place.end, '');
      } else this.#add(from, to, '');
      i = j;
    }
  }

  /** Replaces a block of lines by a value on the key's own line, such as `[]`. */
  #collapse(entry: MapEntry, node: YAMLMap | YAMLSeq, wanted: PlainValue): void {
    const colon = afterColon(entry.pair);
    if (colon === undefined || isBlockValue(wanted)) throw new NotEditable(node.range?.[0] ?? 0);
    this.#add(colon, colon, ` ${renderInline(wanted)}`);
    for (const place of placesOf(this.#yaml.text, node)) this.#add(place.start, place.end, '');
  }

  #replace(entry: MapEntry, wanted: PlainValue, inFlow: boolean): void {
    const { text } = this.#yaml;
    const node = entry.pair.value;
    const colon = afterColon(entry.pair);
    const isBlock = !inFlow && (isPlainMap(wanted) || isPlainList(wanted)) && isBlockValue(wanted);
    if (colon === undefined) {
      const at = entry.pair.key?.range?.[1];
      if (at === undefined || isBlock) throw new NotEditable(at ?? 0);
      this.#add(at, at, `: ${renderInline(wanted)}`);
      return;
    }
    const absent = isAbsent(node);
    const start = absent || !node ? colon : (node.range?.[0] ?? colon);
    const end = absent || !node ? colon : contentEnd(node);
    const indentOfKey = (): string => {
      const keyStart = entry.pair.key?.range?.[0] ?? colon;
      const indent = text.slice(startOfLine(text, keyStart), keyStart);
      // Beside the dash of a list: as deep as it stands.
      if (!/^ *(?:- +)?$/.test(indent)) throw new NotEditable(keyStart);
      return ' '.repeat(indent.length);
    };
    const isBlockScalar = isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
    // A block scalar ends with its line end, which the new value needs as well.
    const tail = isBlockScalar && text.slice(start, end).endsWith('\n') ? this.#style.eol : '';
    if (!isBlock) {
      const style = quoteStyle(node);
      const literal =
        typeof wanted === 'string' && wanted.includes('\n') && !inFlow && style === 'plain'
          ? renderLiteral(wanted, indentOfKey() + this.#style.unit)
          : undefined;
      const shown = literal ? [literal.mark, ...literal.lines].join(this.#style.eol) : renderInline(wanted, style);
      this.#add(start, end, `${absent ? ' ' : ''}${shown}${tail}`);
      return;
    }
    const lines = renderLines(wanted, indentOfKey() + this.#style.unit, this.#style.unit);
    if (end > colon) this.#add(colon, end, tail);
    const lineEnd = isBlockScalar ? colon : endOfLine(text, end);
    this.#add(lineEnd, lineEnd, lines.map((line) => this.#style.eol + line).join(''));
  }

  /** Inserts whole lines at the start of a line, or after the last one when the text ends without a line end. */
  #insertLines(offset: number, lines: readonly string[]): void {
    const { text } = this.#yaml;
    const { eol } = this.#style;
    const needsBreak = offset > 0 && text[offset - 1] !== '\n' && !(offset === 1 && text.startsWith('\uFEFF'));
    this.#add(offset, offset, lines.map((line) => (needsBreak ? eol + line : line + eol)).join(''));
  }

  #add(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text });
  }
}

/** The style of the value that is replaced. */
export function quoteStyle(node: Node | null): QuoteStyle {
  if (!isScalar(node)) return 'plain';
  if (node.type === Scalar.QUOTE_SINGLE) return 'single';
  return node.type === Scalar.QUOTE_DOUBLE ? 'double' : 'plain';
}

/** Puts splices into a text. Throws NotEditable when two of them overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const sorted = splices
    .map((splice, index) => ({ ...splice, index }))
    .sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
  const parts: string[] = [];
  let at = 0;
  for (const splice of sorted) {
    if (splice.start < at) throw new NotEditable(splice.start);
    parts.push(text.slice(at, splice.start), splice.text);
    at = splice.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Line end and indentation of a text; talosctl's own (four spaces) where it does not tell. */
export function styleOf(yaml: YamlDocument): TextStyle {
  const newline = yaml.text.indexOf('\n');
  const eol = newline > 0 && yaml.text[newline - 1] === '\r' ? '\r\n' : '\n';
  const { root } = yaml;
  if (isMap(root)) {
    for (const pair of root.items as Pair<Node | null, Node | null>[]) {
      if (!isMap(pair.value) || pair.value.flow || pair.value.items.length === 0) continue;
      const [place] = placesOf(yaml.text, pair.value);
      if (place && place.indent.length > 0) return { eol, unit: place.indent };
    }
  }
  return { eol, unit: '    ' };
}
