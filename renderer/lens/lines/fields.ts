import { visible } from '../../../preload/contract/visible.ts';
import type { LensField } from '../protocol.ts';

/** Most fields of one line. */
const MOST_FIELDS = 200;
/** Of a value and of a name. */
const MOST_VALUE = 2000;
const MOST_NAME = 200;
/** Objects inside objects. */
const MOST_DEPTH = 6;

/** Fields of a line and the message among them. */
export interface FieldsOfLine {
  readonly fields: readonly LensField[];
  readonly message: string | undefined;
  readonly isCut: boolean;
}

const MESSAGE_NAMES = ['msg', 'message', 'MESSAGE', 'event'];

/**
 * The fields of a line that is a JSON object from `bodyAt` on, or has at least two `name=value` words; undefined for others. Names
 * of nested ones have dots, values are as written, both without unseen signs.
 */
export function fieldsOf(line: string, bodyAt: number): FieldsOfLine | undefined {
  const start = line.indexOf('{', bodyAt);
  const found = start >= 0 && line.slice(bodyAt, start).trim() === '' ? ofJson(line.slice(start)) : undefined;
  return found ?? (line.includes('=') ? ofLogfmt(line.slice(bodyAt)) : undefined);
}

function ofJson(text: string): FieldsOfLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const fields: LensField[] = [];
    const isCut = collect(value as Readonly<Record<string, unknown>>, '', 0, fields);
    return { fields, message: messageOf(fields), isCut };
  } catch {
    // Most lines are no JSON; of some, thousands of lists inside lists cannot be written.
    return undefined;
  }
}

/** True when something was left out. */
function collect(
  value: Readonly<Record<string, unknown>>,
  prefix: string,
  depth: number,
  fields: LensField[],
): boolean {
  let isCut = false;
  for (const [key, inner] of Object.entries(value)) {
    if (fields.length >= MOST_FIELDS) return true;
    const name = `${prefix}${key}`;
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < MOST_DEPTH) {
      isCut = collect(inner as Readonly<Record<string, unknown>>, `${name}.`, depth + 1, fields) || isCut;
    } else {
      const written = typeof inner === 'string' ? inner : JSON.stringify(inner);
      isCut ||= written.length > MOST_VALUE;
      fields.push(field(name, written, kindOf(inner)));
    }
  }
  return isCut;
}

function field(name: string, value: string, kind: LensField['kind']): LensField {
  return { name: visible(name.slice(0, MOST_NAME)), value: visible(value.slice(0, MOST_VALUE)), kind };
}

function kindOf(value: unknown): LensField['kind'] {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'list' : 'text';
}

function messageOf(fields: readonly LensField[]): string | undefined {
  return fields.find(({ name }) => MESSAGE_NAMES.includes(name))?.value;
}

const PAIR = /(?:^|\s)([A-Za-z_][\w.@/-]{0,60})=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/g;

function ofLogfmt(text: string): FieldsOfLine | undefined {
  const fields: LensField[] = [];
  let before: string | undefined;
  for (const match of text.matchAll(PAIR)) {
    before ??= text.slice(0, match.index).trim();
    if (fields.length >= MOST_FIELDS) return { fields, message: messageOf(fields) ?? before, isCut: true };
    const [, name = '', quoted, bare = ''] = match;
    const value = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, '$1');
    fields.push(field(name, value, 'text'));
  }
  if (fields.length < 2) return undefined;
  return { fields, message: messageOf(fields) ?? visible(before ?? ''), isCut: false };
}

/** Has a line this value in this field? `value` is as {@link fieldsOf} writes it. */
export function hasField(line: string, bodyAt: number, name: string, value: string): boolean {
  // Cheap for most lines: without the last part of the name there is no such field.
  if (!line.includes(name.slice(name.lastIndexOf('.') + 1))) return false;
  return fieldsOf(line, bodyAt)?.fields.some((one) => one.name === name && one.value === value) ?? false;
}
