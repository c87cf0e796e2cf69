import { gzipSync } from 'node:zlib';

/** Size of a block of a tar archive. */
export const BLOCK_BYTES = 512;

/** What stands before a file's bytes in an archive. */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  readonly mode: number;
  readonly modifiedAtMs: number;
  /** tar's letter: `0` is a file, `2` a link, `5` a folder. */
  readonly type: string;
  readonly link: string;
}

/** A number in octal with a closing zero byte, as tar headers have it. */
const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;

/** One block. A name of more than 100 bytes is cut at a slash, its beginning in a field of its own; at most 255 bytes. */
export function tarHeader({ name, size, mode, modifiedAtMs, type, link }: TarEntry): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES);
  const [prefix, rest] = splitName(name);
  block.write(rest, 0, 100);
  block.write(prefix, 345, 155);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.floor(modifiedAtMs / 1000), 12), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(link, 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const NAME_BYTES = 100;

function splitName(name: string): readonly [prefix: string, rest: string] {
  if (name.length <= NAME_BYTES) return ['', name];
  const at = name.indexOf('/', name.length - NAME_BYTES - 1);
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/**
 * A .tar.gz with one file, as a Talos node makes it: gzip is closed but the tar is not, so the archive ends right after
 * the file's bytes, without padding and without end blocks. Strict readers complain about it.
 */
export function unfinishedTarGz(name: string, content: Buffer, mode: number, modifiedAtMs: number): Buffer {
  const header = tarHeader({ name, size: content.length, mode, modifiedAtMs, type: '0', link: '' });
  return gzipSync(Buffer.concat([header, content]));
}
