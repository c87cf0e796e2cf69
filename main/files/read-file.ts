import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Failed } from '../lib/failed.ts';
import { toFileFailed } from './file-failure.ts';
import { fingerprintOf, type Fingerprint } from './fingerprint.ts';

/** Largest talosconfig that is read: 32 MB. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Bytes of one file and what it was at that moment. */
export interface FileBytes {
  readonly bytes: Buffer;
  readonly fingerprint: Fingerprint;
}

/**
 * Reads a whole file of at most `maxBytes`, else {@link MAX_FILE_BYTES}. Only regular files: a pipe or device could block for ever.
 * Follows symbolic links, since a user's file may be one; files of our own are read with `own/own-file.ts`.
 * Throws Failed with file-missing, file-access or too-large.
 */
export function readFileBytes(path: string, maxBytes = MAX_FILE_BYTES): Promise<FileBytes> {
  return readRegularFile(path, maxBytes, OPEN_FLAGS);
}

/** {@link readFileBytes} with the flags of open(2). */
export async function readRegularFile(path: string, maxBytes: number, flags: number): Promise<FileBytes> {
  if (path === '') {
    throw new Failed({
      code: 'file-missing',
      message: 'No file is named.',
      hint: 'Check TALOSCONFIG, or choose a file.',
    });
  }
  let handle: FileHandle | undefined;
  try {
    // O_NONBLOCK: opening a pipe without a writer would hang otherwise.
    handle = await open(path, flags);
    const stat = await handle.stat({ bigint: true });
    if (stat.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (!stat.isFile()) {
      throw new Failed({
        code: 'file-access',
        message: `${path} is not a regular file.`,
        hint: 'Choose the talosconfig file itself.',
        where: { file: path },
      });
    }
    if (stat.size > BigInt(maxBytes)) throw tooLarge(path, stat.size, maxBytes);
    const bytes = await readAtMost(handle, maxBytes + 1);
    // It may have grown since stat.
    if (bytes.byteLength > maxBytes) throw tooLarge(path, BigInt(bytes.byteLength), maxBytes);
    return { bytes, fingerprint: fingerprintOf(bytes, stat) };
  } catch (error) {
    throw toFileFailed(error, path);
  } finally {
    await handle?.close();
  }
}

/** To read without waiting for whoever holds the other end of a pipe. */
export const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const inMegabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(bytes < 1024 * 1024 ? 1 : 0);

const tooLarge = (path: string, sizeBytes: bigint, maxBytes: number): Failed =>
  new Failed({
    code: 'too-large',
    message: `${path} is ${inMegabytes(Number(sizeBytes))} MB; at most ${inMegabytes(maxBytes)} MB are read.`,
    hint: 'Check that this is the right file.',
    where: { file: path },
  });

async function readAtMost(handle: FileHandle, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total < limitBytes) {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(256 * 1024, limitBytes - total)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    total += bytesRead;
  }
  return Buffer.concat(chunks, total);
}

/**
 * Bytes as text, byte order mark kept. Throws Failed `file-invalid` with line and column when they are not UTF-8, since
 * a file that does not survive decoding could not be written back unchanged.
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes)) return text;
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const before = text.slice(0, Math.max(0, text.indexOf('\uFFFD')));
  const line = before.split('\n').length;
  throw new Failed({
    code: 'file-invalid',
    message: isUtf16
      ? `${path} is UTF-16 text; a talosconfig must be UTF-8.`
      : `${path} is not UTF-8 text (line ${line}).`,
    hint: 'Save it as UTF-8, or choose another file.',
    where: { file: path, line, column: before.length - before.lastIndexOf('\n') },
  });
}

/** What {@link readFileBytes} reads; undefined for a file that is not there. Throws like it. */
export async function readIfPresent(path: string): Promise<FileBytes | undefined> {
  try {
    return await readFileBytes(path);
  } catch (error) {
    if (error instanceof Failed && error.failure.code === 'file-missing') return undefined;
    throw error;
  }
}

/** The bytes of {@link readIfPresent}. */
export const bytesIfPresent = async (path: string): Promise<Uint8Array | undefined> =>
  (await readIfPresent(path))?.bytes;
