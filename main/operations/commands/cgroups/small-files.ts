import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failed } from '../../../lib/failed.ts';

/** A file, folder or link of an archive. */
export interface SmallEntry {
  /** As the archive has it, without `./` before and `/` behind. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Of a file its text, of a link where it points to; else empty. */
  readonly text: string;
}

const BLOCK = 512;
/** All that is unpacked: a node with 2,000 groups has some 60 MiB, most of it padding. */
const MAX_UNPACKED = 256 * 1024 * 1024;
/** Of one file; a group's longest list of processes is shorter. */
const MAX_FILE = 256 * 1024;
const MAX_ENTRIES = 400_000;

/**
 * The entries of a .tar.gz of many small files, as MachineService/Copy sends them, while it comes. Names of any length are
 * read (ustar, PAX and GNU). Throws Failed `too-large` beyond its bounds, `invalid` for what is no such archive.
 */
export async function* smallFiles(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SmallEntry> {
  const unpacked = createGunzip();
  // What goes wrong in either is thrown to whoever reads the last one.
  pipeline(Readable.from(pieces), unpacked, () => undefined);
  const reader = new Blocks((unpacked as AsyncIterable<Buffer>)[Symbol.asyncIterator]());
  let longPath: string | undefined;
  let longLink: string | undefined;
  try {
    for (let count = 0; ;) {
      const header = await reader.take(BLOCK);
      // A missing end is how Talos's own archives may end.
      if (header === undefined || header.every((byte) => byte === 0)) return;
      const size = octal(header, 124, 12);
      if (size === undefined || octal(header, 148, 8) !== checksum(header)) throw broken('it is no tar archive');
      const type = String.fromCharCode(header[156] ?? 0);
      const content = await reader.content(size, MAX_FILE);
      if (type === 'x' || type === 'L' || type === 'K') {
        const text = content.toString('utf8');
        if (type === 'x') ({ path: longPath = longPath, linkpath: longLink = longLink } = paxFields(text));
        else if (type === 'L') longPath = untilZero(text);
        else longLink = untilZero(text);
        continue;
      }
      if (type === 'g') continue;
      count += 1;
      if (count > MAX_ENTRIES) throw tooLarge();
      const kind = KINDS[type] ?? 'other';
      const link = longLink ?? textAt(header, 157, 100);
      const path = cleaned(longPath ?? joined(textAt(header, 345, 155), textAt(header, 0, 100)));
      yield { path, kind, text: kind === 'link' ? link : kind === 'file' ? content.toString('utf8') : '' };
      longPath = longLink = undefined;
    }
  } catch (error) {
    if (error instanceof Failed || !isZlib(error)) throw error;
    throw broken('it is cut off or is no gzip', error);
  } finally {
    await reader.end();
  }
}

const KINDS: Readonly<Record<string, SmallEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '5': 'folder',
  '2': 'link',
};

const isZlib = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');

/** Bytes in pieces as blocks of the size that is asked for. */
class Blocks {
  readonly #pieces: AsyncIterator<Buffer>;
  #bytes: Buffer = Buffer.alloc(0);
  #total = 0;

  constructor(pieces: AsyncIterator<Buffer>) {
    this.#pieces = pieces;
  }

  /** So many bytes; undefined when there are fewer. */
  async take(size: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let missing = size;
    while (missing > 0) {
      if (this.#bytes.length === 0 && !(await this.#more())) return undefined;
      const part = this.#bytes.subarray(0, missing);
      this.#bytes = this.#bytes.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  /** The content of an entry, its padding passed over; of one that is longer only what is kept. */
  async content(size: number, most: number): Promise<Buffer> {
    if (size === 0) return Buffer.alloc(0);
    const kept = await this.take(Math.min(size, most));
    if (kept === undefined) throw broken('it is cut off');
    let rest = size - kept.length + ((BLOCK - (size % BLOCK)) % BLOCK);
    // Of the last entry the padding may be missing.
    for (let part = Math.min(rest, most); part > 0; part = Math.min(rest, most)) {
      if ((await this.take(part)) === undefined) break;
      rest -= part;
    }
    return kept;
  }

  async end(): Promise<void> {
    await this.#pieces.return?.();
  }

  async #more(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    this.#bytes = next.value;
    this.#total += next.value.length;
    if (this.#total > MAX_UNPACKED) throw tooLarge();
    return true;
  }
}

function octal(block: Buffer, at: number, length: number): number | undefined {
  const digits = textAt(block, at, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Sum of all bytes of a header, its own field counted as spaces. */
const checksum = (header: Buffer): number =>
  header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);

const textAt = (block: Buffer, at: number, length: number): string =>
  untilZero(block.subarray(at, at + length).toString('utf8'));

const untilZero = (text: string): string => text.replace(/\0.*$/s, '');

const joined = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}/${name}`);

const cleaned = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

/** Records `12 path=a/b`, each with its own length before it. */
function paxFields(text: string): { readonly path?: string; readonly linkpath?: string } {
  const fields: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const [, key = '', value = ''] = /^\d+ (path|linkpath)=(.*)$/s.exec(line) ?? [];
    if (key !== '') fields[key] = value;
  }
  return fields;
}

const broken = (why: string, cause?: unknown): Failed =>
  new Failed(
    {
      code: 'invalid',
      message: `The archive the node sent cannot be read: ${why}.`,
      hint: 'Run it again.',
      retry: 'safe',
    },
    cause,
  );

const tooLarge = (): Failed =>
  new Failed({
    code: 'too-large',
    message: 'The node sent more control groups than Minos reads.',
    hint: 'No machine has so many: look at what answers there.',
  });
