import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/** Files that Minos puts beside a file it replaces. All begin with the file's own name. */

const hidden = (path: string, rest: string): string => join(dirname(path), `.${basename(path)}.minos${rest}`);
const unique = (): string => `${process.pid}-${randomBytes(6).toString('hex')}`;

/** The new content before it takes the file's place. */
export const temporaryPath = (path: string): string => hidden(path, `-${unique()}.tmp`);

/** What is downloaded before it takes its place: a file or a folder that can be seen to grow. */
export const partPath = (path: string): string => `${path}.minos-${unique()}.part`;

/** Second name of the version that was replaced, while late writers are looked for. The hash tells a changed one after a crash. */
export const oldVersionPath = (path: string, sha256: string): string =>
  hidden(path, `-${unique()}-${sha256.slice(0, 16)}.old`);

/** The lock between two Minos processes. */
export const lockPath = (path: string): string => hidden(path, '.lock');

/** For a lock that is being made or was moved away; of kubectl's lock, too. */
export const asideLockPath = (path: string): string => hidden(path, `.lock.${randomBytes(4).toString('hex')}.stale`);

/** The version before Minos first touched the file, as earlier versions of Minos kept it; none is made any more. */
export const backupPath = (path: string): string => `${path}.minos-backup`;

/** Where another program's version is kept when both it and Minos wrote and the history cannot take it. Sorts by time. Hidden, so that `config*` does not list it. */
export const conflictPath = (path: string, nowMs: number): string =>
  hidden(
    path,
    `-conflict-${new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`,
  );

/** What a file name beside `path` is, if Minos made it. */
export type Beside =
  | { readonly kind: 'temporary'; readonly pid: number }
  | { readonly kind: 'old'; readonly pid: number; readonly sha256Start: string }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'lock' };

/** Recognises the names made above; undefined for every other file. */
export function recogniseBeside(path: string, name: string): Beside | undefined {
  const prefix = `.${basename(path)}.minos`;
  if (!name.startsWith(prefix)) return undefined;
  const rest = name.slice(prefix.length);
  if (/^\.lock(\.[0-9a-f]+\.stale)?$/.test(rest)) return { kind: 'lock' };
  if (/^-conflict-\d{8}T\d{6}Z-[0-9a-f]{6}$/.test(rest)) return { kind: 'conflict' };
  const temporary = /^-(\d+)-[0-9a-f]{12}\.tmp$/.exec(rest);
  if (temporary) return { kind: 'temporary', pid: Number(temporary[1]) };
  const old = /^-(\d+)-[0-9a-f]{12}-([0-9a-f]{16})\.old$/.exec(rest);
  if (old) return { kind: 'old', pid: Number(old[1]), sha256Start: old[2] ?? '' };
  return undefined;
}

/** True for a name that {@link temporaryPath} gives, made by this process id. */
export const isTemporaryName = (name: string, pid: number): boolean =>
  new RegExp(String.raw`^\..+\.minos-${pid}-[0-9a-f]{12}\.tmp$`, 's').test(name);

/** True for a name that {@link partPath} gives, made by this process id. */
export const isPartName = (name: string, pid: number): boolean =>
  new RegExp(String.raw`^.+\.minos-${pid}-[0-9a-f]{12}\.part$`, 's').test(name);

/** True when a process with this id exists on this computer. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
