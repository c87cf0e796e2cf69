import { gzipSync } from 'node:zlib';
import { BLOCK_BYTES, tarHeader } from '../../../../main/simulator/faults/unfinished-tar.ts';

/** One entry of an archive that a test makes. */
export interface MadeEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly link?: string;
  readonly mode?: number;
  /** What the header says, where that is not so. */
  readonly size?: number;
}

const padded = (bytes: Buffer): Buffer =>
  Buffer.concat([bytes, Buffer.alloc((BLOCK_BYTES - (bytes.length % BLOCK_BYTES)) % BLOCK_BYTES)]);

/** A tar archive of these entries, whole. */
export function tarOf(entries: readonly MadeEntry[]): Buffer {
  const blocks = entries.map(({ name, type = '0', content = '', link = '', mode = 0o644, size }) => {
    const bytes = Buffer.from(content);
    return Buffer.concat([
      tarHeader({ name, size: size ?? bytes.length, mode, modifiedAtMs: 0, type, link }),
      padded(bytes),
    ]);
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK_BYTES)]);
}

/** The same, compressed as nodes do. */
export const tarGzOf = (entries: readonly MadeEntry[]): Buffer => gzipSync(tarOf(entries));

/** A pax record. */
export function pax(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
  return `${length}${rest}`;
}

/** Bytes in pieces of so many. */
export async function* inPiecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
