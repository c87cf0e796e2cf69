import { Literal, isPlainList, isPlainMap, type PlainMap, type PlainValue } from './plain-value.ts';

/** How a scalar was quoted; a new value keeps it where it can. */
export type QuoteStyle = 'plain' | 'single' | 'double';

/** Starts with a letter, digit, `_` or `/` and holds nothing that YAML reads as syntax. */
const PLAIN_TEXT = /^[A-Za-z0-9_/][A-Za-z0-9_./+=@:~-]*$/;
/** What some YAML reader takes for a number, boolean, null or date (YAML 1.1 and 1.2). */
const NOT_TEXT =
  /^(?:y|n|yes|no|on|off|true|false|null|[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$/i;
/** What cannot stand as it is inside quotes on one line; line separators, byte order marks and marks that change reading direction included. */
const NEEDS_ESCAPE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** A scalar as YAML text on one line, so that every reader takes it for exactly this text. */
export function renderText(text: string, style: QuoteStyle = 'plain'): string {
  if (style === 'plain' && PLAIN_TEXT.test(text) && !text.endsWith(':') && !NOT_TEXT.test(text)) return text;
  if (style === 'single' && !NEEDS_ESCAPE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const escaped = JSON.stringify(text).replace(new RegExp(NEEDS_ESCAPE, 'gu'), (c) => {
    const code = c.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return escaped;
}

/** A value on one line: a scalar, or a list or mapping in flow style. */
export function renderInline(value: PlainValue, style: QuoteStyle = 'plain'): string {
  if (typeof value === 'string') return renderText(value, style);
  if (value instanceof Literal) return value.text === '' ? 'null' : value.text;
  if (isPlainList(value)) return `[${value.map((item) => renderInline(item)).join(', ')}]`;
  return `{${[...value].map(([name, item]) => `${renderText(name)}: ${renderInline(item)}`).join(', ')}}`;
}

/** True for what goes on its own lines in block style. */
export const isBlockValue = (value: PlainValue): boolean =>
  (isPlainMap(value) && value.size > 0) || (isPlainList(value) && value.length > 0);

/** The lines of a block mapping or list, each starting with `indent`; `unit` is one more step of indentation. */
export function renderLines(value: PlainMap | readonly PlainValue[], indent: string, unit: string): readonly string[] {
  if (isPlainList(value)) return value.flatMap((item) => renderListItem(item, indent, unit));
  return [...value].flatMap(([name, item]) => renderEntry(name, item, indent, unit));
}

/** The lines of one item of a block list; a mapping stands beside its dash. */
export function renderListItem(item: PlainValue, indent: string, unit: string): readonly string[] {
  if (isPlainMap(item) && item.size > 0) {
    const inner = `${indent}  `;
    const lines = [...item].flatMap(([name, value]) => renderEntry(name, value, inner, unit));
    return lines.map((line, i) => (i === 0 ? `${indent}- ${line.slice(inner.length)}` : line));
  }
  const literal = typeof item === 'string' ? renderLiteral(item, `${indent}  `) : undefined;
  if (literal) return [`${indent}- ${literal.mark}`, ...literal.lines];
  return [`${indent}- ${renderInline(item)}`];
}

/** The lines of one entry of a block mapping. */
export function renderEntry(name: string, value: PlainValue, indent: string, unit: string): readonly string[] {
  const key = `${indent}${renderText(name)}:`;
  if ((isPlainMap(value) || isPlainList(value)) && isBlockValue(value))
    return [key, ...renderLines(value, indent + unit, unit)];
  const literal = typeof value === 'string' ? renderLiteral(value, indent + unit) : undefined;
  if (literal) return [`${key} ${literal.mark}`, ...literal.lines];
  return [`${key} ${renderInline(value)}`];
}

/** A text of several lines as it is (`|`): its mark and its lines; undefined for one that has to be quoted. */
export function renderLiteral(
  text: string,
  indent: string,
): { readonly mark: string; readonly lines: readonly string[] } | undefined {
  // A pattern for the line ends at the end would try every run of them inside.
  let length = text.length;
  while (text[length - 1] === '\n') length--;
  const [body, end] = [text.slice(0, length), text.slice(length)];
  const lines = body.split('\n');
  if (lines.length < 2 && end === '') return undefined;
  // Blanks at the start would be taken for indentation, and signs that nobody sees need an escape.
  if (end.length > 1 || /^[ \n]/.test(body) || body === '' || lines.some((line) => NEEDS_ESCAPE.test(line)))
    return undefined;
  return { mark: end === '' ? '|-' : '|', lines: lines.map((line) => (line === '' ? '' : indent + line)) };
}
