import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemCode, toFileFailed } from './file-failure.ts';

/**
 * The file that a path stands for behind all symbolic links, also when it does not exist yet: what is replaced, so that a
 * link stays a link. Throws Failed `file-access` for a link that leads back to itself.
 */
export async function resolveTarget(path: string): Promise<string> {
  let at = resolve(path);
  try {
    for (let links = 0; links <= 40; links++) {
      const folder = await realFolder(dirname(at));
      at = join(folder, basename(at));
      const isLink = await lstat(at).then(
        (s) => s.isSymbolicLink(),
        (error: unknown) => {
          if (systemCode(error) === 'ENOENT') return false;
          throw error;
        },
      );
      if (!isLink) return at;
      at = resolve(folder, await readlink(at));
    }
    throw Object.assign(new Error('too many links'), { code: 'ELOOP' });
  } catch (error) {
    throw toFileFailed(error, path);
  }
}

/** A folder that does not exist yet is taken as written. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return folder;
    throw error;
  }
}
