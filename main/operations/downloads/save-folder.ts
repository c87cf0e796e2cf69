import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatNumber, plural } from '../../../preload/contract/format/numbers.ts';
import { Failed } from '../../lib/failed.ts';
import { partPath } from '../../files/beside-names.ts';
import { systemCode, toFileFailed, toSaveFailed } from '../../files/file-failure.ts';
import { resolveTarget } from '../../files/file-target.ts';
import type { Unfinished } from '../../files/own/unfinished.ts';
import type { Arrived } from './arrived.ts';
import { extract, type Extracted } from './tar/extract.ts';
import { gunzipped } from './tar/gunzip.ts';
import { readTar } from './tar/read-tar.ts';

/** Where a folder goes: nothing may be there. Throws Failed `file-access`. */
export async function folderToSave(path: string): Promise<string> {
  const target = await resolveTarget(path);
  await expectNothing(target);
  return target;
}

/**
 * Saves a .tar.gz as a folder: extracted into a folder of another name (`….part`), which gets its name when it is whole.
 * However it ends early, nothing of it stays; what is there already is never touched. Memory is of a fixed size, and the
 * decompression runs beside main's thread. Throws Failed, and what `bytes` throws.
 */
export async function saveFolder(
  target: string,
  bytes: AsyncIterable<Uint8Array>,
  unfinished?: Unfinished,
): Promise<Arrived> {
  const part = partPath(target);
  const write = async (): Promise<Extracted> => {
    try {
      await mkdir(part, { mode: 0o700 });
      const extracted = await extract(readTar(gunzipped(bytes)), part);
      await expectNothing(target);
      await rename(part, target);
      return extracted;
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      throw toFailed(error, basename(target));
    }
  };
  const extracted = await (unfinished ? unfinished.during({ kind: 'part', path: part }, write) : write());
  const { refused, refusedCount } = extracted;
  return {
    name: basename(target),
    path: target,
    bytes: extracted.bytes,
    said: wordsOf(extracted),
    refused,
    refusedCount,
  };
}

async function expectNothing(target: string): Promise<void> {
  const isThere = await lstat(target).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw toFileFailed(error, basename(target));
    },
  );
  if (!isThere) return;
  throw new Failed({
    code: 'conflict',
    message: `${basename(target)} exists already and is left as it is.`,
    hint: 'Choose the name of a folder that is not there yet.',
    where: { file: basename(target) },
  });
}

function toFailed(error: unknown, name: string): unknown {
  if (error instanceof Failed && error.failure.code === 'invalid') {
    const { failure } = error;
    const hint = 'Try again, or save it as an archive to look at it.';
    return new Failed({ ...failure, message: `${failure.message} Nothing was kept.`, hint }, error);
  }
  return systemCode(error) === undefined ? error : toSaveFailed(error, name, false);
}

function wordsOf({ files, folders, links, refusedCount }: Extracted): string {
  const made = [plural(files, 'file'), plural(folders, 'folder'), ...(links > 0 ? [plural(links, 'link')] : [])];
  return [made.join(', '), ...(refusedCount === 0 ? [] : [`${formatNumber(refusedCount)} refused`])].join('; ');
}
