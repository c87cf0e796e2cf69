import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { brokenPackage } from './package-failures.ts';
import type { LibraryPackage } from './library-updater.ts';

/** Throws Failed `file-invalid` unless a file is the package that was shown, to the byte. */
export async function checkPackage(
  path: string,
  { sizeBytes, sha512 }: Pick<LibraryPackage, 'sizeBytes' | 'sha512'>,
): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size !== sizeBytes) throw brokenPackage();
  const hash = createHash('sha512');
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) hash.update(piece);
  if (hash.digest('base64') !== sha512) throw brokenPackage();
}
