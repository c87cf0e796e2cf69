import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTalosconfig } from '../../../main/talosconfig/read.ts';
import { Failed } from '../../../main/lib/failed.ts';
import { canRunUnprivileged, unprivileged } from '../files/unprivileged.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-read-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content, { mode });
  await chmod(path, mode);
  return path;
}

async function failureCode(path: string): Promise<string> {
  try {
    await readTalosconfig(path);
  } catch (error) {
    if (error instanceof Failed) return error.failure.code;
    throw error;
  }
  return 'accepted';
}

test('reads a file with its text, fingerprint and contexts', async () => {
  const text = 'context: a\ncontexts:\n  a:\n    endpoints: [10.0.0.1]\n    key: S0VZ\n';
  const path = await put('config', text);

  const file = await readTalosconfig(path);

  expect([file.status, file.current, file.contexts.map((c) => c.name), file.problems]).toEqual([
    'ready',
    'a',
    ['a'],
    [],
  ]);
  expect([file.text.reveal(), file.fingerprint.sizeBytes, file.fingerprint.mode]).toEqual([text, text.length, 0o600]);
  expect(file.fingerprint.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(inspect(file, { depth: 9 })).not.toContain('S0VZ');
});

test('follows a symbolic link and names the real file', async () => {
  const path = await put('real', 'contexts: {}\n');
  await symlink(path, join(folder, 'link'));

  expect((await readTalosconfig(join(folder, 'link'))).realPath).toBe(path);
});

test('an empty file is empty, not broken', async () => {
  expect((await readTalosconfig(await put('config', ''))).status).toBe('empty');
});

test.skipIf(process.platform === 'win32')('warns when others can read the file', async () => {
  const file = await readTalosconfig(await put('config', 'contexts: {}\n', 0o644));

  expect(file.problems).toMatchObject([
    { severity: 'warning', field: 'mode', message: 'Other users of this computer may access this file (mode 0644).' },
  ]);
});

describe('what cannot be read', () => {
  test('a missing file', async () => {
    expect(await failureCode(join(folder, 'none'))).toBe('file-missing');
    expect(await failureCode('')).toBe('file-missing');
  });

  test('a folder where a file should be', async () => {
    await mkdir(join(folder, 'config'));

    await expect(readTalosconfig(join(folder, 'config'))).rejects.toThrow(/is a folder, not a file/);
  });

  test('a file in the place of a folder', async () => {
    expect(await failureCode(join(await put('config', 'x'), 'config'))).toBe('file-access');
  });

  const reader = new URL('../../../main/talosconfig/read.ts', import.meta.url);
  test.skipIf(!canRunUnprivileged(reader.pathname))('no read permission', async () => {
    const path = await put('config', 'contexts: {}', 0o000);
    await chmod(folder, 0o755);
    const script = `import('${reader.href}').then((m) => m.readTalosconfig(process.argv[1])).catch((e) => console.log(e.failure.code, e.failure.message))`;

    const { stdout } = spawnSync(process.execPath, ['-e', script, path], { ...unprivileged, encoding: 'utf8' });

    expect(stdout).toBe(`file-access No permission for ${path}.\n`);
  });

  test('a link to itself', async () => {
    await symlink(join(folder, 'loop'), join(folder, 'loop'));

    expect(await failureCode(join(folder, 'loop'))).toBe('file-access');
  });

  test('a device', async () => {
    expect(await failureCode('/dev/zero')).toBe('file-access');
  });

  test('more than 32 MB', async () => {
    const handle = await open(join(folder, 'huge'), 'w');
    await handle.truncate(32 * 1024 * 1024 + 1);
    await handle.close();

    expect(await failureCode(join(folder, 'huge'))).toBe('too-large');
  });

  test('text that is not UTF-8 names line and column', async () => {
    const path = await put(
      'config',
      Buffer.concat([Buffer.from('context: a\ncontexts: {}\n# '), Buffer.from([0xff, 0x80])]),
    );

    await expect(readTalosconfig(path)).rejects.toMatchObject({
      failure: { code: 'file-invalid', where: { file: path, line: 3, column: 3 } },
    });
  });

  test('invalid YAML names file, line and column', async () => {
    const path = await put('config', 'contexts:\n  a: [\n');

    await expect(readTalosconfig(path)).rejects.toMatchObject({
      failure: { code: 'file-invalid', where: { file: path, line: 3, column: 1 } },
    });
  });
});
