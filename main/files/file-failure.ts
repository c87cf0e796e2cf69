import { Failed } from '../lib/failed.ts';

/** The error code of Node's file system calls (`ENOENT` …), if this is such an error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** For what is removed and may be gone already. Throws every other error on. */
export function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}

/** Converts any error of reading or writing `path` to a Failure: the one table of file-system codes. Passes a Failed on. */
export function toFileFailed(error: unknown, path: string): Failed {
  if (error instanceof Failed) return error;
  const where = { file: path };
  const access = (message: string, hint: string): Failed =>
    new Failed({ code: 'file-access', message, hint, where, retry: 'safe' }, error);
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
      return new Failed(
        {
          code: 'file-missing',
          message: `${path} does not exist.`,
          hint: 'Import a talosconfig, or choose another file.',
          where,
        },
        error,
      );
    case 'EISDIR':
      return access(`${path} is a folder, not a file.`, 'Name the talosconfig file itself.');
    case 'ENOTDIR':
      return access(`A part of ${path} is a file where a folder must be.`, 'Check the path.');
    case 'EACCES':
    case 'EPERM':
      return access(`No permission for ${path}.`, 'Check the owner and mode of the file and its folder.');
    case 'EROFS':
      return access(`${path} is on a read-only file system.`, 'Choose another file.');
    case 'ENOSPC':
    case 'EDQUOT':
      return access(`No space left to write ${path}; it is unchanged.`, 'Free some space and try again.');
    case 'EFBIG':
      return access(
        `${path} would exceed the largest size allowed here; it is unchanged.`,
        'Raise the limit (ulimit -f).',
      );
    case 'ELOOP':
      return access(`${path} is a symbolic link that leads back to itself.`, 'Repair the link.');
    case 'EMFILE':
    case 'ENFILE':
      return access(`Too many open files to use ${path}.`, 'Close some programs and try again.');
    case 'ENAMETOOLONG':
      return access(`The path is too long: ${path.slice(0, 200)}…`, 'Choose a shorter path.');
    case 'EBUSY':
    case 'ETXTBSY':
      return access(`${path} is in use by another program, or mounted by itself.`, 'Close that program and try again.');
    default:
      return access(`${path} cannot be used (${code ?? 'unknown file error'}).`, 'Check the file and its folder.');
  }
}

/**
 * The same for what the user saves somewhere. `wasThere`: a file was, and stays as it was; else nothing is there then. Passes a
 * Failed on.
 */
export function toSaveFailed(error: unknown, name: string, wasThere: boolean): Failed {
  const kept = wasThere ? 'what was there is unchanged' : 'nothing of it was kept';
  const said = (message: string, hint: string): Failed =>
    new Failed({ code: 'file-access', message, hint, where: { file: name }, retry: 'safe' }, error);
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return said(`No space left to write ${name}; ${kept}.`, 'Free some space, or choose another place.');
    case 'EFBIG':
      return said(`${name} is larger than a file may be there; ${kept}.`, 'Choose a place on another disk.');
    case 'ENOENT':
      return said(`The folder in which ${name} is to be is not there; ${kept}.`, 'Choose another place.');
    default:
      return toFileFailed(error, name);
  }
}

/** What file systems without hard links, or with limits on them, answer to one. */
export const NO_HARD_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
]);
