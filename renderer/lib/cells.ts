import type { CellValue, ColumnKind } from '../../preload/contract/index.ts';
import { assertNever } from './assert-never.ts';
import { formatBytes, formatDuration, formatMoment, formatNumber, formatPercent } from './format.ts';
import { showUnseen } from './unseen-signs.ts';

/** A cell never puts more than this into the page, whatever a node answers. */
const MAX_CELL_CHARACTERS = 500;

/** Foreign text, safe to show: unseen signs become `\u….`, long text is cut and says so. */
export function safeText(text: string): string {
  const cut =
    text.length > MAX_CELL_CHARACTERS
      ? `${text.slice(0, MAX_CELL_CHARACTERS)}… (${formatNumber(text.length)} characters)`
      : text;
  return showUnseen(cut);
}

/** A cell as text. Main decides kind and order; units stand in the header or come with the number. */
export function cellText(value: CellValue | undefined, kind: ColumnKind): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return safeText(value);
  switch (kind) {
    case 'bytes':
      return formatBytes(value);
    case 'duration':
      return formatDuration(value);
    case 'time':
      return formatMoment(value);
    case 'percent':
      return formatPercent(value);
    case 'id':
      return String(value);
    case 'number':
    case 'text':
    case 'state':
      return formatNumber(value);
    default:
      return assertNever(kind);
  }
}

export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'id' || kind === 'bytes' || kind === 'duration' || kind === 'percent';
}
