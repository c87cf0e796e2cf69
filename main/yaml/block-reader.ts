import { Pair, Scalar, YAMLMap, YAMLSeq, type Node, type ParsedNode } from 'yaml';

/** A document that {@link readBlocks} read. */
export interface BlockDocument {
  /** Undefined when it holds nothing but comments. */
  readonly root: ParsedNode | undefined;
  /** The offset of its `---`; 0 for the first. */
  readonly startsAt: number;
}

/** Deepest nesting that is read here. */
const MAX_DEPTH = 60;
/** Longest key: the library refuses those of more than 1,024 characters. */
const MAX_KEY = 1_000;

/** Thrown for whatever is written in another way than machines write it. */
class Unusual extends Error {}

/**
 * Reads YAML as machines and most people write it (block mappings and lists, scalars of one line, literal blocks, comments) into the
 * nodes that the library makes of it, several times as fast: without their tokens, and ranges of collections only say where they begin.
 * Undefined for a text with anything else in it, be it wrong or only unusual: the library then has the word. Everything here that is in
 * doubt is unusual.
 */
export function readBlocks(text: string, mostDocuments: number): readonly BlockDocument[] | undefined {
  // Tabs, foreign line ends and a byte order mark have rules of their own.
  if (/[\t\r\uFEFF\u0085\u2028\u2029]/.test(text)) return undefined;
  try {
    return new BlockReader(text).documents(mostDocuments);
  } catch (error) {
    if (error instanceof Unusual) return undefined;
    throw error;
  }
}

const [SPACE, HASH, DASH, COLON, QUOTE, APOSTROPHE, LIST, MAP, LITERAL] = [...' #-:"\'[{|'].map((c) => c.charCodeAt(0));

/** What a plain scalar or key does not begin with here. */
const SPECIAL: ReadonlySet<number> = new Set([...' ?:,[]{}#&*!|>\'"%@`'].map((c) => c.charCodeAt(0)));

class BlockReader {
  readonly #text: string;
  /** The line that is looked at: the next with more than a comment. */
  #indent = -1;
  /** Its first character, or where the dash before that was passed. */
  #at = 0;
  /** Its line end, or the end of the text. */
  #end = -1;
  #isOver = false;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#nextLine();
  }

  documents(most: number): readonly BlockDocument[] {
    const found: BlockDocument[] = [];
    while (!this.#isOver) {
      if (found.length >= most) throw new Unusual();
      const startsAt = found.length === 0 ? 0 : this.#at;
      if (this.#isMarker()) this.#passMarker();
      // Only the first may do without.
      else if (found.length > 0) throw new Unusual();
      found.push({ root: this.#isDone() ? undefined : this.#collection(0), startsAt });
      if (!this.#isDone()) throw new Unusual();
    }
    return found;
  }

  /** Goes to the next line that has more than a comment. */
  #nextLine(): void {
    const text = this.#text;
    let start = this.#end + 1;
    for (;;) {
      if (start >= text.length) {
        this.#isOver = true;
        this.#indent = -1;
        return;
      }
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      const newline = text.indexOf('\n', at);
      const end = newline === -1 ? text.length : newline;
      if (at < end && text.charCodeAt(at) !== HASH) {
        this.#indent = at - start;
        this.#at = at;
        this.#end = end;
        return;
      }
      start = end + 1;
    }
  }

  #isMarker(): boolean {
    return this.#indent === 0 && (this.#text.startsWith('---', this.#at) || this.#text.startsWith('...', this.#at));
  }

  /** No line of the document is left. */
  #isDone(): boolean {
    return this.#isOver || this.#isMarker();
  }

  #passMarker(): void {
    if (this.#text.charCodeAt(this.#at) !== DASH) throw new Unusual();
    this.#expectLineEnd(this.#at + 3);
    this.#nextLine();
  }

  /** Throws unless nothing but a comment follows. */
  #expectLineEnd(from: number): void {
    let at = from;
    while (at < this.#end && this.#text.charCodeAt(at) === SPACE) at++;
    if (at === this.#end || (at > from && this.#text.charCodeAt(at) === HASH)) return;
    throw new Unusual();
  }

  #isDash(): boolean {
    const after = this.#text.charCodeAt(this.#at + 1);
    return this.#text.charCodeAt(this.#at) === DASH && (this.#at + 1 === this.#end || after === SPACE);
  }

  /** The mapping or list that begins on this line, `indent` deep. */
  #collection(indent: number): ParsedNode {
    if (this.#indent !== indent || ++this.#depth > MAX_DEPTH) throw new Unusual();
    const node = this.#isDash() ? this.#list(indent) : this.#mapping(indent);
    this.#depth--;
    return node;
  }

  #mapping(indent: number): ParsedNode {
    const map = new YAMLMap<ParsedNode, Node>();
    map.range = [this.#at, this.#at, this.#at];
    while (!this.#isDone() && this.#indent === indent && !this.#isDash()) {
      const colon = this.#colonOfKey();
      if (colon === undefined) throw new Unusual();
      const key = this.#scalar(this.#at, colon);
      map.items.push(new Pair(key, this.#value(colon + 1, indent, true)));
    }
    if (this.#indent > indent) throw new Unusual();
    return map as ParsedNode;
  }

  #list(indent: number): ParsedNode {
    const list = new YAMLSeq<Node>();
    list.range = [this.#at, this.#at, this.#at];
    while (!this.#isDone() && this.#indent === indent && this.#isDash()) {
      let at = this.#at + 1;
      while (this.#text.charCodeAt(at) === SPACE) at++;
      const begins = at < this.#end && this.#text.charCodeAt(at) !== HASH;
      const dash = this.#at;
      this.#at = at;
      if (begins && this.#isDash()) throw new Unusual();
      if (begins && this.#colonOfKey() !== undefined) {
        this.#indent = indent + at - dash;
        list.items.push(this.#collection(this.#indent));
      } else list.items.push(this.#value(dash + 1, indent, false));
    }
    if (this.#indent > indent) throw new Unusual();
    return list as ParsedNode;
  }

  /** The colon behind the key that begins here; undefined where none does. */
  #colonOfKey(): number | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    let colon: number;
    if (first === QUOTE || first === APOSTROPHE) colon = this.#behindQuotes(start);
    else {
      colon = start;
      for (let code = first; colon < this.#end && code !== SPACE; code = text.charCodeAt(++colon))
        if (code === COLON && this.#isBlank(colon + 1)) break;
    }
    const isKey = colon < this.#end && text.charCodeAt(colon) === COLON && this.#isBlank(colon + 1);
    if (isKey && colon - start > MAX_KEY) throw new Unusual();
    return isKey ? colon : undefined;
  }

  #isBlank(at: number): boolean {
    return at >= this.#end || this.#text.charCodeAt(at) === SPACE;
  }

  /** Behind the closing quote of a text that begins here. */
  #behindQuotes(start: number): number {
    const text = this.#text;
    const quote = text.charCodeAt(start);
    for (let at = start + 1; at < this.#end; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH && quote === QUOTE) throw new Unusual();
      if (code === quote) {
        if (quote === APOSTROPHE && text.charCodeAt(at + 1) === APOSTROPHE) throw new Unusual();
        return at + 1;
      }
    }
    throw new Unusual();
  }

  /** A value behind a colon or dash, `indent` deep; goes to the line behind it. */
  #value(from: number, indent: number, inMap: boolean): Node {
    const text = this.#text;
    let at = from;
    while (at < this.#end && text.charCodeAt(at) === SPACE) at++;
    const code = text.charCodeAt(at);
    if (at === this.#end || (at > from && code === HASH)) {
      this.#nextLine();
      const isBelow =
        !this.#isDone() && (this.#indent > indent || (inMap && this.#indent === indent && this.#isDash()));
      if (isBelow) return this.#collection(this.#indent);
      // A dash with nothing behind it is rare.
      if (!inMap) throw new Unusual();
      return scalarOf('', Scalar.PLAIN, at, at);
    }
    if (code === LITERAL) return this.#literal(at, indent);
    if (code === LIST || code === MAP) return this.#emptyFlow(at);
    const isQuoted = code === QUOTE || code === APOSTROPHE;
    const end = isQuoted ? this.#behindQuotes(at) : this.#endOfPlain(at);
    const node = this.#scalar(at, end);
    this.#expectLineEnd(end);
    this.#endOfScalar(indent);
    return node;
  }

  /** Goes to the next line. One that is deeper would go on with the scalar. */
  #endOfScalar(indent: number): void {
    this.#nextLine();
    if (!this.#isDone() && this.#indent > indent) throw new Unusual();
  }

  #endOfPlain(start: number): number {
    const text = this.#text;
    let end = start;
    for (let at = start; at < this.#end; at++) {
      const code = text.charCodeAt(at);
      if (code === COLON && this.#isBlank(at + 1)) throw new Unusual();
      if (code !== SPACE) end = at + 1;
      else if (text.charCodeAt(at + 1) === HASH) break;
    }
    return end;
  }

  /** A plain or quoted scalar between two offsets of the line. */
  #scalar(start: number, end: number): Scalar.Parsed {
    const text = this.#text;
    const code = text.charCodeAt(start);
    if (code === QUOTE) return scalarOf(text.slice(start + 1, end - 1), Scalar.QUOTE_DOUBLE, start, end);
    if (code === APOSTROPHE) return scalarOf(text.slice(start + 1, end - 1), Scalar.QUOTE_SINGLE, start, end);
    if (SPECIAL.has(code) || (code === DASH && this.#isBlank(start + 1))) throw new Unusual();
    return scalarOf(text.slice(start, end), Scalar.PLAIN, start, end);
  }

  /** `[]` or `{}`. */
  #emptyFlow(at: number): Node {
    const text = this.#text;
    const isList = text.startsWith('[]', at);
    if (!isList && !text.startsWith('{}', at)) throw new Unusual();
    this.#expectLineEnd(at + 2);
    const node = isList ? new YAMLSeq() : new YAMLMap();
    node.flow = true;
    node.range = [at, at + 2, at + 2];
    this.#nextLine();
    return node;
  }

  /** A text of several lines behind `|` or `|-`. */
  #literal(start: number, indent: number): Node {
    const text = this.#text;
    const isStripped = text.charCodeAt(start + 1) === DASH;
    if (start + (isStripped ? 2 : 1) !== this.#end) throw new Unusual();
    const lines: string[] = [];
    let own = -1;
    let after = this.#end;
    let blank = 0;
    for (let line = this.#end + 1; line < text.length;) {
      let at = line;
      while (text.charCodeAt(at) === SPACE) at++;
      const newline = text.indexOf('\n', line);
      const end = newline === -1 ? text.length : newline;
      if (at === end) {
        // White space of lines that hold nothing else has rules of its own.
        if (own === -1 || at > line) throw new Unusual();
        blank++;
      } else {
        if (own === -1) own = at - line;
        if (own <= indent) throw new Unusual();
        if (at - line < own) break;
        for (; blank > 0; blank--) lines.push('');
        lines.push(text.slice(line + own, end));
        after = end;
      }
      line = end + 1;
    }
    if (own === -1) throw new Unusual();
    this.#end = after;
    this.#nextLine();
    if (!this.#isDone() && this.#indent > indent) throw new Unusual();
    const value = lines.join('\n') + (isStripped ? '' : '\n');
    return scalarOf(value, Scalar.BLOCK_LITERAL, start, Math.min(text.length, after + 1));
  }
}

const BACKSLASH = 0x5c;

function scalarOf(value: string, type: Scalar.Type, start: number, end: number): Scalar.Parsed {
  const scalar = new Scalar(value) as Scalar.Parsed;
  scalar.source = value;
  scalar.type = type;
  scalar.range = [start, end, end];
  return scalar;
}
