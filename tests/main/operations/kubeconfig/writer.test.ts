import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { canRunUnprivileged, unprivileged } from '../../files/unprivileged.ts';

const child = fileURLToPath(new URL('./children/write-once.ts', import.meta.url));
let folder = '';
let historyFolder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-writer-'));
  historyFolder = await mkdtemp(join(tmpdir(), 'minos-writer-history-'));
  for (const at of [folder, historyFolder]) await chown(at, unprivileged.uid ?? -1, unprivileged.gid ?? -1);
});
afterEach(async () => {
  await chmod(folder, 0o700);
  for (const at of [folder, historyFolder]) await rm(at, { recursive: true });
});

const path = (): string => join(folder, 'config');

/** Runs the writer as somebody whom modes apply to. */
function write(size: number, to = path(), before = ''): string {
  const words = [process.execPath, child, to, String(size), historyFolder];
  return spawnSync('sh', ['-c', `${before} exec "$0" "$@"`, ...words], { ...unprivileged, encoding: 'utf8' }).stdout;
}

async function put(text: string, mode: number): Promise<void> {
  await writeFile(path(), text, { mode });
  await chown(path(), unprivileged.uid ?? -1, unprivileged.gid ?? -1);
}

describe.skipIf(!canRunUnprivileged(child))('a kubeconfig that cannot be written', () => {
  test('a read-only file stays as it is', async () => {
    await put('one', 0o400);

    expect(write(3)).toMatch(/^file-access: No permission for .*config\./);
    expect([await readFile(path(), 'utf8'), await readdir(folder), await readdir(historyFolder)]).toEqual([
      'one',
      ['config'],
      expect.anything(),
    ]);
  });

  test('a read-only folder stays as it is', async () => {
    await put('one', 0o600);
    await chmod(folder, 0o500);

    expect(write(3)).toMatch(/^file-access: No permission for /);
    expect([await readFile(path(), 'utf8'), await readdir(folder)]).toEqual(['one', ['config']]);
  });

  test('a missing folder is made, one that cannot be made is said', async () => {
    expect(write(3, join(folder, 'new', 'config'))).toBe('done');
    await mkdir(join(folder, 'locked'));
    expect(write(3, join(folder, 'locked', 'deep', 'config'))).toMatch(/^file-access: No permission/);
  });

  test('a part of the path that is a file is said', async () => {
    await put('one', 0o600);

    expect(write(3, join(path(), 'config'))).toMatch(/^file-access: .*(file where a folder must be|cannot be used)/);
  });

  test('a size limit (EFBIG) leaves the file and nothing beside it', async () => {
    await put('one', 0o600);

    expect(write(1_000_000, path(), 'ulimit -f 64;')).toMatch(/^file-access: .*largest size/);
    expect([await readFile(path(), 'utf8'), await readdir(folder)]).toEqual(['one', ['config']]);
  });
});

describe('a full disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'minos-writer-full-'));
  // Only root may mount, and not in every container.
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=777', 'tmpfs', disk]).status === 0;
  afterAll(() => {
    if (isMounted) spawnSync('umount', [disk]);
    rmdirSync(disk);
  });

  test.skipIf(!isMounted)('leaves the file unchanged, no lock, nothing beside it', async () => {
    const full = join(disk, 'config');
    await writeFile(full, 'one', { mode: 0o666 });
    await chmod(full, 0o666);

    expect(write(200_000, full)).toMatch(/^file-access: No space left to write/);
    expect([await readFile(full, 'utf8'), await readdir(disk)]).toEqual(['one', ['config']]);
  });
});
