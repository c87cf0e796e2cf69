import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  type CST,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A piece of text to put in the place of `start` … `end` (offsets of the old text). */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Where one entry of a mapping or list stands in the text. */
export interface ItemPlace {
  /** Block style: start of its first line. Flow style: its first character. */
  readonly start: number;
  /** Block style: after its last line, with trailing comment and deeper comment lines. Flow style: after its last character. */
  readonly end: number;
  /** Block style only: the white space before it. */
  readonly indent: string;
  /** Flow style only: the commas before it. */
  readonly commas: readonly CST.SourceToken[];
  readonly hasComment: boolean;
  /** It starts on the line of the dash of the list around it: `start` is its first character, `indent` how deep that is. */
  readonly besideDash: boolean;
}

/** Thrown where a text is written in a way that splices do not cover; the edit is then refused. */
export class NotEditable extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super('written in a way that Minos does not edit');
    this.offset = offset;
  }
}

type CstItem = CST.CollectionItem;

/** After the colon of a mapping entry, or undefined where there is none (`{a}`). */
export function afterColon(pair: Pair<Node | null, Node | null>): number | undefined {
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind');
  return colon && colon.offset + colon.source.length;
}

/** True for the null of `key:` with nothing after the colon. */
export const isAbsent = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.type === Scalar.PLAIN && node.source === '');

/** Places of all entries of a collection, in order. */
export function placesOf(text: string, collection: YAMLMap | YAMLSeq): readonly ItemPlace[] {
  const token = collection.srcToken as CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined;
  if (!token) throw new NotEditable(collection.range?.[0] ?? 0);
  const isFlow = token.type === 'flow-collection';
  // Items of comments only, and the empty one after a trailing comma, are no entries.
  const cst = (token.items as CstItem[]).filter((item) =>
    isMap(collection) ? isEntry(item) : isFlow ? (item.value ?? item.key) : hasDash(item),
  );
  if (cst.length !== collection.items.length) throw new NotEditable(token.offset);
  return cst.map((item, index) => {
    const node = collection.items[index] as Pair<Node | null, Node | null> | Node | null;
    const first = firstOffset(item);
    const last = lastOffset(item, node);
    const comments = item.start.some((t) => t.type === 'comment') || (item.sep ?? []).some((t) => t.type === 'comment');
    const commas = item.start.filter((t) => t.type === 'comma');
    const hasComment = comments;
    if (isFlow) return { start: first, end: last, indent: '', commas, hasComment, besideDash: false };
    const lineStart = startOfLine(text, first);
    const before = text.slice(lineStart, first);
    const besideDash = index === 0 && /^ *(?:- +)+$/.test(before);
    if (!besideDash && /[^ ]/.test(before)) throw new NotEditable(first);
    const indent = ' '.repeat(before.length);
    const end = endOfEntry(text, last, indent.length);
    return { start: besideDash ? first : lineStart, end, indent, commas, hasComment, besideDash };
  });
}

const isEntry = (item: CstItem): boolean => (item.key !== undefined && item.key !== null) || item.sep !== undefined;
const hasDash = (item: CstItem): boolean => item.start.some((t) => t.type === 'seq-item-ind');

/** First character of an entry: a `?`, `-`, anchor or tag, or the key or value itself. */
function firstOffset(item: CstItem): number {
  const mark = item.start.find(
    (t) => t.type !== 'space' && t.type !== 'newline' && t.type !== 'comment' && t.type !== 'comma',
  );
  const offset = mark?.offset ?? item.key?.offset ?? item.sep?.[0]?.offset ?? item.value?.offset;
  if (offset === undefined) throw new NotEditable(0);
  return offset;
}

/** After the last character of an entry, comments not counted. */
function lastOffset(item: CstItem, node: Pair<Node | null, Node | null> | Node | null): number {
  const value = node && 'range' in node ? node : node && 'key' in node ? (node.value ?? null) : null;
  if (value && !isAbsent(value)) return contentEnd(value);
  const marks = [...item.start, ...(item.sep ?? [])].filter(
    (t) => t.type !== 'space' && t.type !== 'newline' && t.type !== 'comment',
  );
  const key = node && 'key' in node ? (node.key?.range?.[1] ?? 0) : 0;
  return Math.max(key, ...marks.map((t) => t.offset + t.source.length));
}

/** After the last character of a value. A block scalar ends after its last line end. */
export function contentEnd(node: Node): number {
  const end = node.range?.[1] ?? 0;
  if (isScalar(node) || isAlias(node)) return end;
  if (!isMap(node) && !isSeq(node)) return end;
  const token = node.srcToken as CST.BlockMap | CST.BlockSequence | CST.FlowCollection | undefined;
  if (!token || token.type === 'flow-collection') return end;
  const cst = (token.items as CstItem[]).filter((item) => (isMap(node) ? isEntry(item) : hasDash(item)));
  const item = cst.at(-1);
  const last = node.items.at(-1) as Pair<Node | null, Node | null> | Node | null | undefined;
  return item && last !== undefined ? lastOffset(item, last) : end;
}

/** Start of the line of an offset; a byte order mark is not part of a line. */
export function startOfLine(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Where the line of an offset ends, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

function endOfEntry(text: string, contentEndsAt: number, indentColumns: number): number {
  let end = contentEndsAt;
  if (end === 0 || text[end - 1] !== '\n') {
    const newline = text.indexOf('\n', end);
    end = newline === -1 ? text.length : newline + 1;
  }
  // Comment lines directly below that are indented deeper belong to the entry.
  const deeper = new RegExp(` {${indentColumns + 1},}#[^\\n]*(?:\\n|$)`, 'y');
  for (;;) {
    deeper.lastIndex = end;
    if (!deeper.test(text)) return end;
    end = deeper.lastIndex;
  }
}
