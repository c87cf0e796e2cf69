import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isProcessAlive, recogniseBeside, temporaryPath } from '../beside-names.ts';
import { NO_HARD_LINKS, systemCode, toFileFailed } from '../file-failure.ts';
import { expectOwnFile, kindOf, namesIn } from './own-file.ts';

/**
 * Writes a file that belongs to Minos alone, such as its settings: whole or not at all, mode 0600, in a folder of mode
 * 0700. Throws Failed `file-access`, also when anything but a regular file is there.
 */
export async function replaceOwnFile(path: string, text: string): Promise<void> {
  const temporary = temporaryPath(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await expectOwnFile(path);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw toFileFailed(error, path);
  }
}

/** Removes temporary files that writes of processes left which died. */
export async function removeOwnLeftovers(path: string, inUse: boolean): Promise<void> {
  for (const name of await namesIn(dirname(path))) {
    const beside = recogniseBeside(path, name);
    // Also by the names of earlier versions.
    const isOlder =
      name.startsWith(`.${basename(path)}.`) && /^\.[0-9a-f]{12}\.tmp$/.test(name.slice(basename(path).length + 1));
    if (beside?.kind !== 'temporary' && !isOlder) continue;
    if (beside?.kind === 'temporary' && (beside.pid === process.pid ? inUse : isProcessAlive(beside.pid))) continue;
    const at = join(dirname(path), name);
    if ((await kindOf(at)) === 'file') await unlink(at).catch(() => undefined);
  }
}

/** Most copies of a broken file that are kept. */
const MOST_COPIES = 5;

/**
 * Keeps a file that is about to be overwritten under the name `NAME.broken-TIME-…`, for its owner to look at; of several
 * the newest five stay. Returns the name. Throws Failed.
 */
export async function keepBrokenFile(path: string, nowMs: number): Promise<string> {
  const time = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const kept = `${path}.broken-${time}-${randomBytes(3).toString('hex')}`;
  try {
    await link(path, kept).catch((error: unknown) => {
      if (!NO_HARD_LINKS.has(systemCode(error) ?? '')) throw error;
      return copyFile(path, kept, constants.COPYFILE_EXCL);
    });
    const isCopy = new RegExp(String.raw`^\d{8}T\d{6}Z-[0-9a-f]{6}$`);
    const start = `${basename(path)}.broken-`;
    const copies = (await namesIn(dirname(path))).filter(
      (name) => name.startsWith(start) && isCopy.test(name.slice(start.length)),
    );
    for (const old of copies.sort().slice(0, -MOST_COPIES)) await rm(join(dirname(path), old), { force: true });
  } catch (error) {
    throw toFileFailed(error, path);
  }
  return kept;
}
