import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { oldVersionPath } from '../../../main/files/beside-names.ts';
import { sha256Hex } from '../../../main/files/fingerprint.ts';
import { removeLeftovers } from '../../../main/files/leftovers.ts';
import { systemClock as clock } from '../../../main/lib/clock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-leftovers-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Another Minos removes a file at the moment this one is about to look at it. */
class RemovedMeanwhile extends Set<string> {
  override has(path: string): boolean {
    rmSync(path);
    return false;
  }
}

test.each([process.ppid, 4_000_000])('what another Minos removed meanwhile (process %i) is no failure', async (pid) => {
  const path = join(folder, 'config');
  const old = oldVersionPath(path, sha256Hex('one')).replace(`-${process.pid}-`, `-${pid}-`);
  await writeFile(path, 'two');
  await writeFile(old, 'one');

  const found = await removeLeftovers(path, { clock, inUse: new RemovedMeanwhile(), dryRun: true });

  expect(found).toEqual({ removed: [], conflicts: [], inHistory: 0 });
  expect(await readdir(folder)).toEqual(['config']);
});
