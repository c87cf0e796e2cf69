import {
  Composer,
  isAlias,
  isScalar,
  LineCounter,
  Parser,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import { isYamlDate, isYamlNull } from '../../preload/contract/index.ts';
import { Failed } from '../lib/failed.ts';
import { tooDeepAt } from './nesting.ts';
import { findAliases, WrittenBudget, type FoundAliases } from './bounds/yaml-aliases.ts';
import { tooManyAt } from './bounds/yaml-cost.ts';
import { yamlSentence } from './yaml-problem.ts';

/** Where something is in a text; both 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** One YAML document of a text, parsed so that no value changes its spelling. */
export interface YamlDocument {
  /** The whole text, of all documents. */
  readonly text: string;
  /** Undefined when the text holds no document at all. Offsets in `range` count UTF-16 units of `text`, byte order mark included. */
  readonly document: Document.Parsed | undefined;
  /** Undefined when the text holds nothing but comments. */
  readonly root: ParsedNode | undefined;
  /** The offsets of `text` between which it stands, with the comments around it; the first starts at 0. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Where the next document starts, if there is one. */
  readonly nextAt: TextPosition | undefined;
  /** What each alias (`*name`) stands for. */
  readonly aliases: ReadonlyMap<Node, Node>;
  /** Position of an offset of `text`. */
  positionOf(offset: number): TextPosition;
}

/** Failure for something wrong at a place of a text. Never quotes the text. */
export function invalidAt(message: string, at: TextPosition, file?: string): Failed {
  return new Failed({
    code: 'file-invalid',
    message: `Line ${at.line}, column ${at.column}: ${message}`,
    hint: 'Correct the file in an editor; nothing was changed.',
    where: { ...(file === undefined ? {} : { file }), ...at },
  });
}

/** Options of {@link parseYaml}. */
export interface ParseYamlOptions {
  /** Keeps the tokens (colons, dashes, commas) with the nodes, for edits. */
  readonly keepTokens?: boolean;
}

/** What YAML forbids anywhere: C0 controls except tab and line ends, DEL, lone surrogates and U+FFFE/U+FFFF. */
// eslint-disable-next-line no-control-regex -- these are the characters looked for
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/u;

/** True for a text with characters that YAML forbids. */
export const hasForbidden = (text: string): boolean => FORBIDDEN.test(text);

/** Most documents of one text: the parser's work grows with their square. */
export const MAX_DOCUMENTS = 500;

/**
 * Parses with the failsafe schema: every scalar stays the text it is, so that names such as `010`, `1.10` or `~` keep
 * their spelling. Only the first document counts, as in talosctl; what follows it is not looked at. Throws Failed
 * `file-invalid` with line and column.
 */
export function parseYaml(text: string, file?: string, options: ParseYamlOptions = {}): YamlDocument {
  const { documents, readAt } = compose(text, file, options, 2);
  return readAt(documents, 0);
}

/**
 * All documents of a text, in its order and in the same way; none for a text that holds none. The bounds count for all of
 * them together: pieces, depth, and what aliases make. Throws Failed `file-invalid` for the first thing that is wrong in any
 * of them, and for more than 500.
 */
export function parseDocuments(text: string, file?: string, options: ParseYamlOptions = {}): readonly YamlDocument[] {
  const { documents, readAt } = compose(text, file, options, MAX_DOCUMENTS + 1);
  const tooMany = documents[MAX_DOCUMENTS];
  if (tooMany) throw invalidAt(TOO_MANY_DOCUMENTS, lineColumn(text, tooMany.range[0]), file);
  return documents.map((_document, index) => readAt(documents, index));
}

/** Checks the bounds of a text and parses up to `most` documents; `readAt` looks at one after the other. */
function compose(
  text: string,
  file: string | undefined,
  options: ParseYamlOptions,
  most: number,
): {
  readonly documents: readonly Document.Parsed[];
  readonly readAt: (documents: readonly Document.Parsed[], index: number) => YamlDocument;
} {
  const lines = new LineCounter();
  const positionOf = (offset: number): TextPosition => {
    const { line, col } = lines.linePos(offset);
    // A byte order mark is no column.
    return { line: Math.max(1, line), column: Math.max(1, line <= 1 && text.startsWith('\uFEFF') ? col - 1 : col) };
  };
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden)
    throw invalidAt('a control character, which YAML does not allow.', lineColumn(text, forbidden.index), file);

  const many = tooManyAt(text);
  if (many !== undefined) throw invalidAt(TOO_MANY, lineColumn(text, many), file);
  const deep = tooDeepAt(text);
  if (deep !== undefined) throw invalidAt(yamlSentence('RESOURCE_EXHAUSTION'), lineColumn(text, deep), file);
  let documents: readonly Document.Parsed[];
  try {
    documents = composeUpTo(most, text, lines, options.keepTokens ?? false);
  } catch (error) {
    // The parser is recursive: nesting by indentation, line after line, can still overflow the stack.
    if (error instanceof RangeError) throw invalidAt(yamlSentence('RESOURCE_EXHAUSTION'), widestAt(text), file);
    throw error;
  }
  const written = new WrittenBudget();
  const readAt = (all: readonly Document.Parsed[], index: number): YamlDocument => {
    const [document, next] = [all[index], all[index + 1]];
    const [error] = document?.errors ?? [];
    if (error) throw invalidAt(yamlSentence(error.code), positionOf(error.pos[0]), file);
    const { aliases, unknown, tooLarge } = document && text.includes('*') ? findAliases(document, written) : NO_ALIASES;
    if (unknown) throw invalidAt(yamlSentence('BAD_ALIAS'), positionOf(unknown.range?.[0] ?? 0), file);
    if (tooLarge) throw invalidAt(TOO_LARGE, positionOf(tooLarge.range?.[0] ?? 0), file);
    const contents = document?.contents ?? null;
    return {
      text,
      document,
      root: contents === null || isUnset(contents) ? undefined : contents,
      startsAt: index === 0 ? 0 : (document?.range[0] ?? 0),
      endsAt: next?.range[0] ?? text.length,
      nextAt: next ? positionOf(next.range[0]) : undefined,
      aliases,
      positionOf,
    };
  };
  return { documents, readAt };
}

/** The texts before and behind a document that was edited are the same to the byte: no document came or went. */
export function isSameAround(before: YamlDocument, after: YamlDocument): boolean {
  return (
    before.text.slice(0, before.startsAt) === after.text.slice(0, after.startsAt) &&
    before.text.slice(before.endsAt) === after.text.slice(after.endsAt)
  );
}

const TOO_MANY_DOCUMENTS = 'more than 500 documents in one file.';
const TOO_MANY = 'more than 2,000,000 names, values and signs; no talosconfig has so many.';
const TOO_LARGE =
  'what the aliases (*name) up to here stand for is more than 32 MB or 1,000,000 values when it is written out.';

const NO_ALIASES: FoundAliases = { aliases: new Map<Node, Node>(), unknown: undefined, tooLarge: undefined };

/** Stops after the start of the last one that is wanted. */
function composeUpTo(
  most: number,
  text: string,
  lines: LineCounter,
  keepSourceTokens: boolean,
): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'silent', keepSourceTokens });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(parser.parse(text), false, -1)) {
    documents.push(document);
    if (documents.length === most) break;
  }
  return documents;
}

function lineColumn(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** The line that is indented most. */
function widestAt(text: string): TextPosition {
  let widest = { line: 1, column: 1 };
  text.split('\n').forEach((line, index) => {
    const column = line.length - line.trimStart().length + 1;
    if (column > widest.column) widest = { line: index + 1, column };
  });
  return widest;
}

/** A mapping entry as found in the text. */
export interface MapEntry {
  /** The key's text, spelled as in the file. */
  readonly name: string;
  readonly pair: Pair<Node | null, Node | null>;
  readonly at: TextPosition;
}

/** A mapping's entries in order, and the names that appear more than once. */
export interface MapEntries {
  readonly entries: readonly MapEntry[];
  /** name → positions, for names that appear twice or more. */
  readonly duplicates: ReadonlyMap<string, readonly TextPosition[]>;
  /** Keys that are lists or mappings. */
  readonly oddKeysAt: readonly TextPosition[];
}

/** Lists a mapping's entries without plain objects, so that `__proto__` is a name like any other. Linear, unlike the parser's own check. */
export function mapEntries(yaml: YamlDocument, map: YAMLMap): MapEntries {
  const entries: MapEntry[] = [];
  const oddKeysAt: TextPosition[] = [];
  const places = new Map<string, TextPosition[]>();
  for (const pair of map.items as Pair<Node | null, Node | null>[]) {
    const key = resolveAlias(yaml, pair.key);
    const at = yaml.positionOf(pair.key?.range?.[0] ?? pair.value?.range?.[0] ?? map.range?.[0] ?? 0);
    if (key !== null && !isScalar(key)) {
      oddKeysAt.push(at);
      continue;
    }
    const name = scalarText(key);
    entries.push({ name, pair, at });
    const seen = places.get(name);
    if (seen) seen.push(at);
    else places.set(name, [at]);
  }
  const duplicates = new Map([...places].filter(([, at]) => at.length > 1));
  return { entries, duplicates, oddKeysAt };
}

/** Follows an alias to the node it names. */
export function resolveAlias(yaml: YamlDocument, node: Node | null | undefined): Node | null {
  if (!isAlias(node)) return node ?? null;
  return yaml.aliases.get(node) ?? null;
}

/** The text of a scalar under the failsafe schema; '' for a missing one. */
export function scalarText(node: Node | null): string {
  if (!isScalar(node)) return '';
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

/** True for what talosctl and kubectl read as null: nothing, or a plain scalar that {@link isYamlNull} says is none. */
export function isUnset(node: Node | null | undefined): boolean {
  if (node === null || node === undefined) return true;
  if (!isScalar(node) || node.type !== Scalar.PLAIN || node.tag !== undefined) return false;
  return isYamlNull(node.source ?? '');
}

/** True for what talosctl reads as a date, and refuses where it wants text. */
export const isDate = (node: Node | null | undefined): boolean =>
  isScalar(node) && node.type === Scalar.PLAIN && node.tag === undefined && isYamlDate(node.source ?? '');

/** True for a plain scalar that YAML's core schema would read as a number or boolean. */
export function looksLikeNumber(node: Node): boolean {
  if (!isScalar(node) || node.type !== Scalar.PLAIN) return false;
  return /^([-+]?(0x[0-9a-fA-F]+|0o?[0-7]+|[0-9_]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)|[-+]?\.(inf|nan)|true|false)$/i.test(
    node.source ?? '',
  );
}
