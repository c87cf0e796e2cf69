import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Failed } from '../lib/failed.ts';

/** Most bytes that are unpacked; a kubeconfig of Talos has about 5 kB. */
export const MAX_UNPACKED_BYTES = 4 * 1024 * 1024;

const BLOCK_BYTES = 512;
const ENTRY = 'kubeconfig';

/**
 * The file `kubeconfig` out of what MachineService/Kubeconfig sends: a .tar.gz whose tar ends right after the file's bytes,
 * without padding and end blocks (docs/talos-behaviour.md §4.3), so tar libraries refuse it. Other entries are passed over.
 * Unpacks as a stream and stops at {@link MAX_UNPACKED_BYTES}. Throws Failed `invalid` or `too-large`.
 */
export async function readKubeconfigArchive(archive: Uint8Array): Promise<Uint8Array> {
  const reader = new EntryReader();
  const unpacked = Readable.from([archive]).pipe(createGunzip());
  let total = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      total += chunk.byteLength;
      reader.push(chunk);
      // What follows the file is nobody's business; without it, more than this is no kubeconfig.
      if (total > MAX_UNPACKED_BYTES && !reader.isComplete) throw tooLarge();
      if (total > MAX_UNPACKED_BYTES) break;
    }
  } catch (error) {
    if (error instanceof Failed) throw error;
    throw broken('it is cut off or is no gzip', error);
  } finally {
    unpacked.destroy();
  }
  return reader.content();
}

/** Finds one entry in tar bytes that arrive in pieces. */
class EntryReader {
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the next header starts. */
  #at = 0;
  #found: { readonly start: number; readonly end: number } | undefined;
  #isAtEnd = false;

  get isComplete(): boolean {
    return this.#found !== undefined && this.#bytes.byteLength >= this.#found.end;
  }

  push(chunk: Buffer): void {
    if (this.isComplete) return;
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (!this.#found && !this.#isAtEnd && this.#bytes.byteLength >= this.#at + BLOCK_BYTES) this.#readHeader();
  }

  content(): Uint8Array {
    if (!this.#found) {
      if (this.#bytes.byteLength > this.#at && !this.#isAtEnd) throw broken('it is cut off');
      throw broken(`it holds no file ${ENTRY}`);
    }
    if (!this.isComplete) throw broken('it is cut off');
    return this.#bytes.subarray(this.#found.start, this.#found.end);
  }

  #readHeader(): void {
    const header = this.#bytes.subarray(this.#at, this.#at + BLOCK_BYTES);
    if (header.every((byte) => byte === 0)) {
      this.#isAtEnd = true;
      return;
    }
    const sizeBytes = octal(header.subarray(124, 136));
    if (sizeBytes === undefined || octal(header.subarray(148, 156)) !== checksum(header)) {
      throw broken('it is no tar archive');
    }
    const name = text(header.subarray(0, 100));
    const kind = header[156];
    const isFile = kind === 0x30 || kind === 0;
    if (sizeBytes > MAX_UNPACKED_BYTES) throw tooLarge();
    const start = this.#at + BLOCK_BYTES;
    if (isFile && name === ENTRY) this.#found = { start, end: start + sizeBytes };
    this.#at = start + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
  }
}

const text = (field: Uint8Array): string => Buffer.from(field).toString('latin1').replace(/\0.*$/s, '');

function octal(field: Uint8Array): number | undefined {
  const digits = text(field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Sum of all bytes of a header, its own field counted as spaces. */
const checksum = (header: Uint8Array): number =>
  header.reduce((sum, byte, i) => sum + (i >= 148 && i < 156 ? 0x20 : byte), 0);

const broken = (why: string, cause?: unknown): Failed =>
  new Failed(
    {
      code: 'invalid',
      message: `The archive with the kubeconfig cannot be read: ${why}.`,
      hint: 'Fetch it again; if it stays like this, use talosctl kubeconfig.',
      retry: 'safe',
    },
    cause,
  );

const tooLarge = (): Failed =>
  new Failed({
    code: 'too-large',
    message: 'The archive with the kubeconfig holds more than 4 MiB; it was not unpacked further.',
    hint: 'A kubeconfig of Talos has about 5 kB. Check which machine answers at this address.',
  });
