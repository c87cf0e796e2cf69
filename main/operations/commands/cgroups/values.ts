import type { CellValue } from '../../../../preload/contract/index.ts';
import { finite, wholeCell } from '../kit/cells.ts';
import type { Cgroup } from './cgroup.ts';

/*
 * What files of a control group hold, by the rules of talosctl (docs/talos-behaviour.md §6.12): a value that is missing is
 * `unset`, one without a limit `max`.
 */

/** One value: its digits, `max`, or undefined where it is missing. */
export type FileValue = string | undefined;

const UNSET = 'unset';

/** The value of a file that holds one. */
export const valueOf = ({ files }: Cgroup, file: string): FileValue => {
  const text = files.get(file);
  return text === undefined || text === '' ? undefined : text;
};

/** A field of a file with a name and a value on each line, such as `user_usec 12`. */
export function fieldOf({ files }: Cgroup, file: string, field: string): FileValue {
  const line = files
    .get(file)
    ?.split('\n')
    .find((one) => one.startsWith(`${field} `));
  return line?.slice(field.length + 1).trim();
}

/** A field of a line with several, such as `some avg10=0.00 total=1` of a pressure file. */
export function pressureOf(group: Cgroup, file: string, line: 'some' | 'full', field: string): FileValue {
  const fields = fieldOf(group, file, line)?.split(' ');
  return fields?.find((one) => one.startsWith(`${field}=`))?.slice(field.length + 1);
}

/** Devices of io.stat with their counters, as the kernel lists them. */
export function devicesOf({
  files,
}: Cgroup): readonly (readonly [device: string, counters: ReadonlyMap<string, string>])[] {
  const lines = (files.get('io.stat') ?? '').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [device = '', ...fields] = line.split(' ');
    const pairs = fields.map((field) => field.split('='));
    return [device, new Map(pairs.map(([key = '', value = '']) => [key, value]))] as const;
  });
}

/** A value as it was read: a number where it is one. */
export const asRead = (value: FileValue): CellValue => {
  if (value === undefined) return UNSET;
  return /^\d+$/.test(value) ? wholeCell(value) : /^-?\d+\.\d+$/.test(value) ? Number(value) : value;
};

/** Microseconds as milliseconds. */
export const fromMicroseconds = (value: FileValue): CellValue =>
  value === undefined || !/^\d+$/.test(value) ? asRead(value) : finite(Number(value) / 1000);

/** How much one value is of another, as a share of 1 with four digits, which are the two of a percentage. */
export function shareOf(part: FileValue, whole: FileValue): CellValue {
  if (part === undefined || whole === undefined) return UNSET;
  if (part === 'max') return whole === 'max' ? 1 : 'max';
  if (whole === 'max') return 0;
  if (Number(whole) === 0) return 'max';
  return finite(Math.round((Number(part) / Number(whole)) * 10_000) / 10_000);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** A size as talosctl writes it within a text: `1.2 GiB`, `12 MiB`, `8 B`. */
export function sizeText(value: FileValue): string {
  if (value === undefined || !/^\d+$/.test(value)) return value ?? UNSET;
  let size = Number(value);
  if (size < 10) return `${size} B`;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const rounded = Math.floor(size * 10 + 0.5) / 10;
  return `${rounded < 10 && unit > 0 ? rounded.toFixed(1) : String(Math.round(size))} ${UNITS[unit] ?? ''}`;
}

/** Lines of a file that lists something. */
export const linesOf = ({ files }: Cgroup, file: string): readonly string[] =>
  (files.get(file) ?? '').split('\n').filter((line) => line !== '');
