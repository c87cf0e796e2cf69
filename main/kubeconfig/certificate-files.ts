import { dirname, resolve } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { Failed } from '../lib/failed.ts';
import { readFileBytes, type FileBytes } from '../files/read-file.ts';
import { readSettled } from '../files/settled-file.ts';
import type { CertificateFiles } from './certificates.ts';

/** No bundle of authorities is that large. */
const MAX_BYTES = 1024 * 1024;
/** A kubeconfig that names more files than anybody keeps has the rest unread. */
const MAX_FILES = 200;
/** A folder of a server that is gone may never answer. */
const TIMEOUT_MS = 2_000;

/**
 * Reads the files with certificates that a kubeconfig names, relative ones from its own folder as kubectl does. Those
 * that are missing, too large, not regular or too slow are left out: kubectl will say so when it needs them.
 */
export async function readCertificateFiles(
  paths: readonly string[],
  kubeconfig: string,
  clock: Clock,
): Promise<CertificateFiles> {
  const read = paths.slice(0, MAX_FILES).map(async (path): Promise<readonly [string, string][]> => {
    const text = await soon(clock, readText(resolve(dirname(kubeconfig), path), clock));
    return text === undefined ? [] : [[path, text]];
  });
  return new Map((await Promise.all(read)).flat());
}

async function readText(path: string, clock: Clock): Promise<string | undefined> {
  // Reading from another computer would sign in there with the user's own name.
  if (process.platform === 'win32' && /^[\\/]{2}/.test(path)) return undefined;
  try {
    const read = (at: string): Promise<FileBytes> => readFileBytes(at, MAX_BYTES);
    return (await readSettled(path, { clock, read })).bytes.toString('latin1');
  } catch (error) {
    if (error instanceof Failed) return undefined;
    throw error;
  }
}

async function soon<T>(clock: Clock, task: Promise<T>): Promise<T | undefined> {
  let stop = (): void => undefined;
  const late = new Promise<undefined>((done) => {
    stop = clock.after(TIMEOUT_MS, () => done(undefined));
  });
  try {
    return await Promise.race([task, late]);
  } finally {
    stop();
  }
}
