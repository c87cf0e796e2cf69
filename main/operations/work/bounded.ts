import { createHash } from 'node:crypto';
import { formatNumber } from '../../../preload/contract/format/numbers.ts';
import { MAX_MESSAGE_BYTES, type CellValue, type DetailPart, type RowDetail } from '../../../preload/contract/index.ts';
import { cutText, messageSize } from '../../lib/message-size.ts';

/*
 * A node may send a megabyte where a word is expected. What reaches the page is cut here; raw messages and YAML, which are
 * asked for one at a time, have the rest.
 */

/** Longer texts are cut: a cell is to be read, the raw message has the rest. */
export const MAX_CELL_LENGTH = 10_000;
const MAX_TITLE_LENGTH = 500;
const MAX_KEY_LENGTH = 1000;

/**
 * Most bytes of one row, as it is sent. Fifty columns of one long field would make half a megabyte of each line of a
 * table, and hundreds of megabytes of an answer of twenty.
 */
export const MAX_ROW_BYTES = 128 * 1024;

function isTooLong(cell: CellValue, length = MAX_CELL_LENGTH): cell is string {
  return typeof cell === 'string' && cell.length > length;
}

function cutCell(cell: CellValue, length = MAX_CELL_LENGTH): CellValue {
  return isTooLong(cell, length) ? `${cell.slice(0, length)}…` : cell;
}

/** A row with its bytes as it is sent, and how many of its cells were cut for that. */
export interface BoundedRow {
  readonly row: readonly CellValue[];
  readonly bytes: number;
  readonly cut: number;
}

/** Cuts cells that are too long by themselves, and all long ones alike when the row is too large. */
export function boundedRow(row: readonly CellValue[]): BoundedRow {
  const bytes = messageSize(row, MAX_ROW_BYTES);
  // A cell that is too long has more bytes than this.
  if (bytes < MAX_CELL_LENGTH) return { row, bytes, cut: 0 };
  const cells = row.map((cell) => cutCell(cell));
  const cut = row.filter((cell) => isTooLong(cell)).length;
  const cellsBytes = messageSize(cells);
  if (cellsBytes <= MAX_ROW_BYTES) return { row: cut === 0 ? row : cells, bytes: cellsBytes, cut };
  const share = Math.max(8, Math.floor(MAX_ROW_BYTES / row.length / 2) - 16);
  const shares = row.map((cell) => cutCell(cell, share));
  return { row: shares, bytes: messageSize(shares), cut: row.filter((cell) => isTooLong(cell, share)).length };
}

/** A key as it is, or a short one that is as good as unique. */
export function boundedKey(key: string): string {
  return key.length > MAX_KEY_LENGTH ? createHash('sha256').update(key).digest('hex') : key;
}

/** Of a detail, without what wraps it. */
const MAX_DETAIL_BYTES = MAX_MESSAGE_BYTES - 16 * 1024;

/** A detail that fits into one message, with a title, fields and cells no longer than those of a table; what was left out is said. */
export function boundedDetail(detail: RowDetail): RowDetail {
  const title = detail.title.length > MAX_TITLE_LENGTH ? `${detail.title.slice(0, MAX_TITLE_LENGTH)}…` : detail.title;
  let left = MAX_DETAIL_BYTES - messageSize(title);
  const parts: DetailPart[] = [];
  for (const whole of detail.parts) {
    const { part, leftOut } = fittedPart(whole, left);
    left -= messageSize(part);
    parts.push(part);
    if (leftOut > 0) {
      const text = `${formatNumber(leftOut)} more are not shown: a detail has at most 1 MiB.`;
      parts.push({ kind: 'text', language: 'plain', text, isCut: true });
    }
  }
  return { ...detail, title, parts };
}

function fittedPart(part: DetailPart, left: number): { readonly part: DetailPart; readonly leftOut: number } {
  switch (part.kind) {
    case 'fields': {
      const all = part.fields.map((field) => ({
        ...field,
        name: String(cutCell(field.name, MAX_TITLE_LENGTH)),
        value: cutCell(field.value),
      }));
      const fields = firstThatFit(all, left);
      return { part: { ...part, fields }, leftOut: all.length - fields.length };
    }
    case 'table': {
      const rows = firstThatFit(
        part.rows.map((row) => boundedRow(row).row),
        left - messageSize(part.columns),
      );
      return { part: { ...part, rows }, leftOut: part.rows.length - rows.length };
    }
    case 'text': {
      const { text, isCut } = cutText(part.text, Math.max(0, left - 100));
      return { part: { ...part, text, isCut: part.isCut || isCut }, leftOut: 0 };
    }
  }
}

function firstThatFit<T>(items: readonly T[], bytes: number): readonly T[] {
  let left = bytes;
  for (const [index, item] of items.entries()) {
    left -= messageSize(item);
    if (left < 0) return items.slice(0, index);
  }
  return items;
}
