import { Failed } from '../../../lib/failed.ts';

/** What an entry of an archive is; `other` is anything that no node needs to send. */
export type TarKind = 'file' | 'folder' | 'link' | 'hard link' | 'device' | 'pipe' | 'other';

/** One header of a tar archive, as it is written. */
export interface TarHeader {
  readonly name: string;
  /** tar's letter, which says also what only describes the next entry. */
  readonly letter: string;
  readonly size: number;
  /** Permissions, at most 0o777. */
  readonly mode: number;
  readonly link: string;
}

const KINDS: Readonly<Record<string, TarKind>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hard link',
  '2': 'link',
  '3': 'device',
  '4': 'device',
  '5': 'folder',
  '6': 'pipe',
};

/** What an entry with this letter is. */
export const kindOfLetter = (letter: string): TarKind => KINDS[letter] ?? 'other';

/** Reads a block as a header; undefined for the empty block with which an archive ends. Throws Failed for anything else. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (readNumber(block, 148, 8) !== checksum(block)) throw notTar('a header does not add up');
  const prefix = isUstar(block) ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    letter: String.fromCharCode(block[156] ?? 0),
    size: readNumber(block, 124, 12),
    mode: readNumber(block, 100, 8) & 0o777,
    link: text(block, 157, 100),
  };
}

/** Old GNU archives have other things where POSIX has a prefix. */
const isUstar = (block: Buffer): boolean => block.toString('latin1', 257, 263) === 'ustar\0';

function checksum(block: Buffer): number {
  // Of every entry of an archive: an iterator would be most of the work.
  let sum = 8 * 0x20;
  for (let at = 0; at < block.length; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

function text(block: Buffer, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** A number in octal, or in base 256 where its first bit says so. Throws Failed for anything else. */
function readNumber(block: Buffer, from: number, length: number): number {
  const field = block.subarray(from, from + length);
  if (((field[0] ?? 0) & 0x80) !== 0) return readBase256(field);
  const digits = field.toString('latin1').replace(/^[ \0]+|[ \0]+$/g, '');
  if (digits === '') return 0;
  const value = /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw notTar('a number is none');
  return value;
}

function readBase256(field: Buffer): number {
  let value = (field[0] ?? 0) & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  if (!Number.isSafeInteger(value)) throw notTar('a number is too large');
  return value;
}

/** The node sent something else than an archive. */
export const notTar = (why: string, cause?: unknown): Failed =>
  new Failed(
    {
      code: 'invalid',
      message: `The node sent no archive that can be read: ${why}.`,
      hint: 'Try again.',
      retry: 'safe',
    },
    cause,
  );
