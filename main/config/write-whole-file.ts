import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode, toFileFailed } from './file-failure.ts';

/**
 * Writes a file of our own (settings, exports) so that it is there whole or not at all: a temporary file in the same folder,
 * flushed, renamed over the target. A symbolic link stays one. Mode 0600. Not for files of other programs: those are
 * edited and replaced with a proof (`replace.ts`). Throws Failed `file-access` that names the file without its folder.
 */
export async function writeWholeFile(path: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await targetOf(path);
    temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      for await (const piece of pieces) await file.write(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    throw systemCode(error) === undefined ? error : toFileFailed(error, basename(path));
  }
}

async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return path;
    throw error;
  }
}
