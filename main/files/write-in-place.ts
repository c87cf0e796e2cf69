import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Failed } from '../lib/failed.ts';
import { toFileFailed } from './file-failure.ts';
import { sha256Hex } from './fingerprint.ts';

/** The file holds neither version whole: the old one must be kept. */
export class HalfWritten extends Failed {}

/**
 * Writes into a file that cannot be replaced, only onto the version with this hash; false when it is another one. What is
 * shorter is first written with line ends behind it, so that a process that dies in between leaves a file that means the
 * same. A write that fails is taken back. Throws Failed; {@link HalfWritten} when that failed too.
 */
export async function writeInPlace(target: string, content: Uint8Array, expected: string): Promise<boolean> {
  const handle = await open(target, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const before = await handle.readFile();
    if (sha256Hex(before) !== expected) return false;
    try {
      const padding = Buffer.alloc(Math.max(0, before.length - content.length), '\n');
      await writeAll(handle, Buffer.concat([content, padding]));
      await handle.truncate(content.length);
      await handle.sync();
    } catch (error) {
      await putBack(handle, before, target, error);
      throw toFileFailed(error, target);
    }
    return true;
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten;
}

async function putBack(handle: FileHandle, before: Uint8Array, target: string, cause: unknown): Promise<void> {
  try {
    await writeAll(handle, before);
    await handle.truncate(before.length);
    await handle.sync();
  } catch {
    throw new HalfWritten(
      {
        code: 'file-access',
        message: `${target} could be written only in part; its old version is kept in the history.`,
        hint: 'Make room, and put the old version back: History of this file.',
        where: { file: target },
      },
      cause,
    );
  }
}
