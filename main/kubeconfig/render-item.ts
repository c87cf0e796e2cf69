import { isPlainList, isPlainMap, Literal, type PlainMap, type PlainValue } from '../yaml/plain-value.ts';
import { renderEntry } from '../yaml/render-yaml.ts';

/** How new entries are written in a text. */
export interface ItemStyle {
  /** The text's own line end. */
  readonly eol: string;
  /** White space before the dash of a list item. */
  readonly dashIndent: string;
  /** One step of indentation. */
  readonly unit: string;
}

/** kubectl's own layout: dashes in the column of the list's name, two spaces per step. */
export const KUBECTL_STYLE = { dashIndent: '', unit: '  ' } as const;

/** One item of a list on its own lines, as kubectl writes it. */
export function renderItem(item: PlainMap, { dashIndent, unit }: ItemStyle): readonly string[] {
  const indent = `${dashIndent}  `;
  const lines = [...item].flatMap(([name, value]) => renderEntry(name, value, indent, unit));
  return lines.map((line, i) => (i === 0 ? `${dashIndent}- ${line.slice(indent.length)}` : line));
}

/** A value as JSON, which is YAML as well; `unit` '' writes it on one line. */
export function renderJson(value: PlainValue, unit: string, indent = ''): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Literal) return value.isNull ? 'null' : jsonLiteral(value.text);
  const parts = isPlainMap(value)
    ? [...value].map(([name, one]) => `${JSON.stringify(name)}:${unit && ' '}${renderJson(one, unit, indent + unit)}`)
    : value.map((one) => renderJson(one, unit, indent + unit));
  const [open, close] = isPlainList(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (unit === '') return open + parts.join(',') + close;
  return `${open}\n${parts.map((part) => indent + unit + part).join(',\n')}\n${indent}${close}`;
}

/** Spellings that only YAML knows (`010`, `.5`) become text. */
function jsonLiteral(text: string): string {
  return /^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)$/.test(text) ? text : JSON.stringify(text);
}
