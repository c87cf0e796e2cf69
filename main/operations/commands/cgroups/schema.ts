import { formatNumber } from '../../../../preload/contract/format/numbers.ts';
import type { Failed } from '../../../lib/failed.ts';
import { wrong } from '../kit/params.ts';
import { yamlValue } from '../resources/yaml-value.ts';
import type { CgroupColumn } from './presets.ts';
import { evaluateCell } from './template/evaluate.ts';
import { parseCellTemplate, type Piece } from './template/parse.ts';

/** A schema of talosctl with all its presets together has 3,000 characters. */
const MAX_SCHEMA = 12_000;
const MAX_COLUMNS = 32;
const MAX_NAME = 60;
const MAX_TEMPLATE = 2_000;

/**
 * The columns of a schema as talosctl takes it: YAML with `columns`, each with a `name` and a `template` of Go. Throws Failed
 * `invalid` that says which column is wrong.
 */
export function readCgroupSchema(text: string): readonly CgroupColumn[] {
  if (text.length > MAX_SCHEMA) throw flaw(`has more than ${formatNumber(MAX_SCHEMA)} characters`);
  const value = yamlValue(text, 'failsafe');
  const columns = value !== null && typeof value === 'object' && 'columns' in value ? value.columns : undefined;
  if (!Array.isArray(columns) || columns.length === 0)
    throw flaw("needs a list: columns: [{name: Now, template: '{{ .MemoryCurrent }}'}]");
  if (columns.length > MAX_COLUMNS) throw flaw(`has more than ${MAX_COLUMNS} columns`);
  return columns.map((column: unknown, index) => columnOf(column, index + 1));
}

function columnOf(column: unknown, number: number): CgroupColumn {
  const { name, template } = (typeof column === 'object' && column !== null ? column : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME)
    throw flaw(`needs a short name for column ${number}`);
  if (typeof template !== 'string' || template.length > MAX_TEMPLATE) throw flaw(`needs a template for column ${name}`);
  let pieces: readonly Piece[];
  try {
    pieces = parseCellTemplate(template);
  } catch (error) {
    throw flaw(`has a template for ${name} that Minos cannot read: ${wordsOf(error)}`);
  }
  return {
    title: name,
    kind: 'text',
    cell: (group, names) => {
      try {
        return evaluateCell(pieces, group, names).trim();
      } catch (error) {
        return `✕ ${wordsOf(error)}`;
      }
    },
  };
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'it is no template');

const flaw = (why: string): Failed => wrong('schema', `The schema ${why}.`);
