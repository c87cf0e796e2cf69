import { Lexer } from 'yaml';

/** A talosconfig nests five deep. The parser is recursive and slow on thousands. */
const MAX_DEPTH = 100;

/**
 * The offset where a text nests deeper than any talosconfig, found without parsing it; undefined for ordinary texts. Only
 * nesting that needs no indentation is looked for (`[[[[…`, `- - - -…`): the other kind is bounded by the file's size.
 */
export function tooDeepAt(text: string): number | undefined {
  if (!mayBeDeep(text)) return undefined;
  // Brackets may stand in quotes and comments: the lexer knows. It works step by step, so the answer comes early.
  let offset = 0;
  let brackets = 0;
  let dashes = 0;
  for (const token of new Lexer().lex(text)) {
    if (CONTROL.has(token)) continue;
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets--;
    else if (token === '-' || token === '?' || token === ':') dashes++;
    else if (token.endsWith('\n')) dashes = 0;
    if (brackets > MAX_DEPTH || dashes > MAX_DEPTH) return offset;
    offset += token.length;
  }
  return undefined;
}

/** Tokens of the lexer that stand for no text: start of a document, of a scalar, end of a flow collection. */
const CONTROL: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);

/** One look at each character: indicators in a row with nothing but spaces between them, or brackets never closed. */
function mayBeDeep(text: string): boolean {
  let depth = 0;
  let row = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_LIST || code === OPEN_MAP) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((code === CLOSE_LIST || code === CLOSE_MAP) && depth > 0) depth--;
    if (code === SPACE || code === TAB) continue;
    const isIndicator = code === DASH || code === QUESTION || code === COLON;
    const isFollowed = isIndicator && (text.charCodeAt(i + 1) === SPACE || text.charCodeAt(i + 1) === TAB);
    row = isFollowed ? row + 1 : 0;
    if (row >= MAX_DEPTH / 2) return true;
  }
  return false;
}

const [OPEN_LIST, OPEN_MAP, CLOSE_LIST, CLOSE_MAP] = [0x5b, 0x7b, 0x5d, 0x7d];
const [SPACE, TAB, DASH, QUESTION, COLON] = [0x20, 0x09, 0x2d, 0x3f, 0x3a];
