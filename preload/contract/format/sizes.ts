import { formatNumber, LOCALE } from './numbers.ts';

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

const oneDigit = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** As `maximumFractionDigits: 1`. */
function tenths(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return rounded < 1000 ? String(rounded) : oneDigit.format(value);
}

/** `512 B`, `1.5 KiB`, `64 GiB`: sizes of files, memory and databases. Those of disks are decimal (`decimalSize`). */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return '–';
  let size = Math.abs(sizeBytes);
  let unit = 0;
  while (size >= 1024 && unit < BYTE_UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const text = unit === 0 || size >= 100 ? formatNumber(Math.round(size)) : tenths(size);
  return `${sizeBytes < 0 ? '−' : ''}${text} ${BYTE_UNITS[unit] ?? 'B'}`;
}
