import { chmod, lstat, rename } from 'node:fs/promises';

/**
 * Gives another program's version the name it is kept under, readable by its owner only: it holds keys. A file that has
 * further names keeps its mode, since it may be the one in use. Rejects with the system's error.
 */
export async function keepConflict(from: string, keptAt: string): Promise<void> {
  if ((await lstat(from)).nlink === 1) await chmod(from, 0o600);
  await rename(from, keptAt);
}
