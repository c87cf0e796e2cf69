import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failed } from '../lib/failed.ts';

/** Where Linux tells what is mounted. */
const MOUNTS = '/proc/self/mountinfo';

/**
 * True for a file (real path) that is mounted by itself, as containers do it with `-v config:/root/.kube/config`: no other
 * file can take its place. False for what is not there.
 */
export async function isMountedByItself(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const mounts = await readFile(MOUNTS, 'utf8').catch(() => undefined);
  if (mounts !== undefined) return mountPointsIn(mounts).has(path);
  const [file, folder] = await Promise.all([path, dirname(path)].map((one) => stat(one).catch(() => undefined)));
  return file !== undefined && folder !== undefined && file.dev !== folder.dev;
}

/** The fifth field of each line; a space in it is `\040`. */
export function mountPointsIn(mounts: string): ReadonlySet<string> {
  const unescaped = (field: string): string =>
    Buffer.from(
      field.replaceAll(/\\([0-7]{3})/g, (_whole, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    ).toString();
  return new Set(
    mounts
      .split('\n')
      .flatMap((line) => line.split(' ')[4] ?? [])
      .map(unescaped),
  );
}

/** What is said before such a file is written, in a list of its problems. */
export const MOUNTED_WARNING =
  'This file is mounted by itself, so no new version can take its place at one moment: Minos writes into it, after asking.';

/** Nobody said yet that it may be written in place. */
export const cannotBeReplaced = (path: string): Failed =>
  new Failed({
    code: 'file-access',
    message: `${path} is mounted by itself, so no new version can take its place; nothing was written.`,
    hint: 'Try again: Minos asks whether to write into it. Or mount its folder instead of the file.',
    where: { file: path, field: 'mounted' },
    retry: 'safe',
  });
