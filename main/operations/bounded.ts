import { createHash } from 'node:crypto';
import type { CellValue, DetailPart, RowDetail } from '../../preload/contract/index.ts';

/*
 * A node may send a megabyte where a word is expected. What reaches the page is cut here; raw messages and YAML, which are
 * asked for one at a time, have the rest.
 */

/** Longer texts are cut: a cell is to be read, the raw message has the rest. */
export const MAX_CELL_LENGTH = 10_000;
const MAX_TITLE_LENGTH = 500;
const MAX_KEY_LENGTH = 1000;

export function isTooLong(cell: CellValue): cell is string {
  return typeof cell === 'string' && cell.length > MAX_CELL_LENGTH;
}

export function cutCell(cell: CellValue): CellValue {
  return isTooLong(cell) ? `${cell.slice(0, MAX_CELL_LENGTH)}…` : cell;
}

/** A key as it is, or a short one that is as good as unique. */
export function boundedKey(key: string): string {
  return key.length > MAX_KEY_LENGTH ? createHash('sha256').update(key).digest('hex') : key;
}

/** A detail whose title, fields and cells are not longer than those of a table. */
export function boundedDetail(detail: RowDetail): RowDetail {
  const { title, parts } = detail;
  const isLong = title.length > MAX_TITLE_LENGTH;
  return { ...detail, title: isLong ? `${title.slice(0, MAX_TITLE_LENGTH)}…` : title, parts: parts.map(boundedPart) };
}

function boundedPart(part: DetailPart): DetailPart {
  switch (part.kind) {
    case 'fields':
      return { ...part, fields: part.fields.map((field) => ({ ...field, value: cutCell(field.value) })) };
    case 'table':
      return { ...part, rows: part.rows.map((row) => row.map(cutCell)) };
    case 'text':
      return part;
  }
}
