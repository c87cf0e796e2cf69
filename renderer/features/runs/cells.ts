import type { CellValue, ColumnKind } from '../../../preload/contract/index.ts';
import { assertNever } from '../../lib/assert-never.ts';
import { formatBytes, formatDuration, formatMoment, formatNumber, formatPercent } from '../../lib/format.ts';

/** A cell never puts more than this into the page, whatever a node answers. */
const MAX_CELL_CHARACTERS = 500;

/** Control codes and signs that turn the reading direction: a node's answer must not be able to disguise itself. */
// eslint-disable-next-line no-control-regex -- finding control codes is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Foreign text, safe to show: unseen signs become `\u….`, long text is cut and says so. */
export function safeText(text: string): string {
  const cut =
    text.length > MAX_CELL_CHARACTERS
      ? `${text.slice(0, MAX_CELL_CHARACTERS)}… (${formatNumber(text.length)} characters)`
      : text;
  return cut.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
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
    case 'number':
    case 'text':
    case 'state':
      return formatNumber(value);
    default:
      return assertNever(kind);
  }
}

export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'bytes' || kind === 'duration' || kind === 'percent';
}
