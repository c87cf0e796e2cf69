import { link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { Failed } from '../lib/failed.ts';
import { partPath, temporaryPath } from './beside-names.ts';
import { NO_HARD_LINKS, systemCode, toFileFailed, toSaveFailed } from './file-failure.ts';
import { resolveTarget } from './file-target.ts';
import { kindFrom } from './own/own-file.ts';
import type { Unfinished } from './own/unfinished.ts';

/** A place that was looked at before something is written there. */
export interface PlaceToWrite {
  /** Behind all symbolic links. */
  readonly target: string;
  /** What is there and may be replaced; undefined: nothing is there, and nothing that appears is replaced. */
  readonly stamp: string | undefined;
}

/**
 * Looks at where the user wants a file, at the moment they say so: what is there now they know of. Throws Failed
 * `file-access` for anything but a regular file or nothing.
 */
export async function placeToWrite(path: string): Promise<PlaceToWrite> {
  const target = await resolveTarget(path);
  return { target, stamp: await stampOf(target) };
}

/**
 * Writes a new file so that it is there whole or not at all: a temporary file in the same folder, flushed, then put in
 * place. Replaces only what was there when the place was looked at. Mode 0600. Not for talosconfigs and kubeconfigs that
 * exist: those are edited and replaced with a proof (`replace.ts`). `unfinished` notes it, so that a crash leaves nothing. `kind`
 * says what it is called until it is whole: a `part` may be written for hours and is no hidden file.
 * Throws Failed that names the file without its folder: `conflict` for what appeared or changed meanwhile, `file-access`.
 */
export async function writeWholeFile(
  { target, stamp }: PlaceToWrite,
  pieces: AsyncIterable<string | Uint8Array> | Iterable<string>,
  unfinished?: Unfinished,
  kind: 'temporary' | 'part' = 'temporary',
): Promise<void> {
  const temporary = kind === 'part' ? partPath(target) : temporaryPath(target);
  const write = async (): Promise<void> => {
    try {
      const file = await open(temporary, 'wx', 0o600);
      try {
        for await (const piece of pieces) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
      if (stamp === undefined) await putWhereNothingIs(temporary, target);
      else if ((await stampOf(target)) === stamp) await rename(temporary, target);
      else throw Object.assign(new Error('changed'), { code: 'EEXIST' });
    } catch (error) {
      await rm(temporary, { force: true });
      if (stamp !== undefined && process.platform !== 'win32' && systemCode(error) === 'EBUSY')
        throw mountedByItself(basename(target));
      if (systemCode(error) === 'EEXIST') throw appeared(basename(target), stamp !== undefined);
      throw systemCode(error) === undefined ? error : toSaveFailed(error, basename(target), stamp !== undefined);
    }
  };
  await (unfinished ? unfinished.during({ kind, path: temporary }, write) : write());
}

/** Puts a file under a new name only if nothing is there, also no symbolic link. Throws the system's `EEXIST` otherwise. */
export async function putWhereNothingIs(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (!NO_HARD_LINKS.has(systemCode(error) ?? '')) throw error;
    // Takes the name first: whoever makes the file at the same moment is told by the system.
    await (await open(target, 'wx', 0o600)).close();
    await rename(temporary, target);
    return;
  }
  await unlink(temporary);
}

/** Another version has another one; undefined when nothing is there. */
async function stampOf(path: string): Promise<string | undefined> {
  try {
    const found = await lstat(path);
    const kind = kindFrom(found);
    if (kind !== 'file') throw noRegularFile(basename(path), kind);
    return `${found.dev}:${found.ino}:${found.size}:${found.mtimeMs}:${found.ctimeMs}`;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw toFileFailed(error, basename(path));
  }
}

const noRegularFile = (name: string, kind: string): Failed =>
  new Failed({
    code: 'file-access',
    message: `${name} is a ${kind}, not a file; nothing was written.`,
    hint: 'Choose another name.',
    where: { file: name },
  });

const mountedByItself = (name: string): Failed =>
  new Failed({
    code: 'file-access',
    message: `${name} is mounted by itself, so no new file can take its place; nothing was written.`,
    hint: 'Choose another name.',
    where: { file: name },
  });

const appeared = (name: string, wasThere: boolean): Failed =>
  new Failed({
    code: 'conflict',
    message: wasThere
      ? `${name} was changed by another program meanwhile; it is left as it is.`
      : `${name} exists already: another program made it meanwhile, and it is left as it is.`,
    hint: 'Save again, under another name if you want to keep it.',
    where: { file: name },
    retry: 'safe',
  });
