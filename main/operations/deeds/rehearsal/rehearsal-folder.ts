import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesIn } from '../../../files/own/own-file.ts';

const PREFIX = 'minos-rehearsal-';
/** As `mkdtemp` names it, and nothing else. */
const NAME = /^minos-rehearsal-[A-Za-z0-9]{6}$/;
/** No rehearsal lasts so long: the folder of a younger one may be in use by another Minos. */
const OLD_MS = 24 * 3_600_000;

/** Makes the folder of a rehearsal, for this user alone. Whoever asks removes it. */
export const makeRehearsalFolder = (): Promise<string> => mkdtemp(join(tmpdir(), PREFIX));

/**
 * Removes folders of rehearsals that a Minos which died left in a temporary folder: by their exact name, of this user, and a day old. A link
 * that has such a name is left, and none within one is followed. Throws Failed where the folder cannot be listed.
 */
export async function removeOldRehearsals(temporaryFolder: string, nowMs: number): Promise<void> {
  const own = process.getuid?.();
  for (const name of await namesIn(temporaryFolder)) {
    if (!NAME.test(name)) continue;
    const path = join(temporaryFolder, name);
    const found = await lstat(path).catch(() => undefined);
    if (found?.isDirectory() !== true || (own !== undefined && found.uid !== own)) continue;
    if (nowMs - Math.max(found.mtimeMs, found.ctimeMs) < OLD_MS) continue;
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
