import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failed } from '../../../main/lib/failed.ts';
import { openBench, type Bench } from './work/runs-harness.ts';

let bench: Bench;
let folder: string;
const { signal } = new AbortController();

beforeAll(async () => {
  bench = await openBench({ controlPlanes: 1, workers: 1 });
  folder = await mkdtemp(join(tmpdir(), 'minos-configs-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  expect(await bench.close()).toBe(0);
});

const PATCH = 'machine:\n  sysctls:\n    vm.max_map_count: "262144"\n';

describe('the machine config of a node', () => {
  it('is read with its secrets masked; one is given when it is asked for, and a patch is only shown', async () => {
    const { machineConfigs } = bench.workspace;
    const [node = ''] = bench.all;
    const opened = await machineConfigs.read('sim', node, signal);
    expect(opened.source).toEqual({ kind: 'node', context: 'sim', node });
    await expect(machineConfigs.read('sim', 'nobody', signal)).rejects.toThrow(Failed);
    expect(opened.documents.map(({ title }) => title)).toEqual(['v1alpha1']);
    expect(opened.documents[0]?.parts.map(({ path }) => path)).toContain('machine.kubelet');
    const at = opened.secrets.findIndex(({ path }) => path === 'machine.token');
    const { value } = machineConfigs.reveal(opened.token, at);
    expect(value).toMatch(/^\w{6}\.\w{16}$/);
    expect(JSON.stringify(opened)).not.toContain(value);
    expect(opened.text.split('\n')[(opened.secrets[at]?.line ?? 0) - 1]).toContain(opened.secrets[at]?.placeholder);

    const { isChanged, diff, plan } = await machineConfigs.patch(opened.token, [PATCH]);
    expect([isChanged, plan]).toEqual([true, undefined]);
    expect(diff.filter(({ kind }) => kind !== 'same').map(({ text }) => text.trim())).toEqual([
      'sysctls:',
      'vm.max_map_count: "262144"',
    ]);
    expect(JSON.stringify(diff)).not.toContain(value);
  });
});

describe('a machine config in a file', () => {
  const TEXT =
    '# mine\nversion: v1alpha1\nmachine: # all of it\n    type: worker\n    token: abcdef.0123456789abcdef\n    ca: {crt: YQ==}\ncluster: {}\n';

  it('is patched by a plan that leaves its other lines, and put back', async () => {
    const { machineConfigs, plans } = bench.workspace;
    const path = join(folder, 'worker.yaml');
    await writeFile(path, TEXT);
    const opened = await machineConfigs.open(path);
    expect(opened.text).toBe(TEXT.replace('abcdef.0123456789abcdef', '<secret-1>'));
    expect(await machineConfigs.validate(opened.token, 'metal', false)).toEqual([]);

    const { plan } = await machineConfigs.patch(opened.token, [PATCH]);
    expect(await readFile(path, 'utf8')).toBe(TEXT);
    const change = await plans.apply(plan?.token ?? '');
    expect(await readFile(path, 'utf8')).toBe(
      TEXT.replace('cluster: {}', '    sysctls:\n        vm.max_map_count: "262144"\ncluster: {}'),
    );
    await plans.undo(change.id);
    expect(await readFile(path, 'utf8')).toBe(TEXT);
  });

  it('with CRLF is patched in it, with patches of chosen files too, or written as another file', async () => {
    const { machineConfigs, plans } = bench.workspace;
    const path = join(folder, 'dos.yaml');
    const crlf = TEXT.replaceAll('\n', '\r\n');
    await writeFile(path, crlf);
    const opened = await machineConfigs.open(path);
    await expect(machineConfigs.patch(opened.token, ['@patch.yaml'])).rejects.toThrow('choose it');
    const file = join(folder, 'patch.yaml');
    await writeFile(file, PATCH);
    const chosen = await machineConfigs.choosePatch(file);
    const patches = [`@${chosen.name}?${chosen.token}`, 'cluster:\n  token: abcdef.0123456789abcdef\n'];
    const { text, stem } = await machineConfigs.patched(opened.token, patches);
    expect([stem, await readFile(path, 'utf8')]).toEqual(['dos-patched', crlf]);
    const { plan } = await machineConfigs.patch(opened.token, patches);
    const change = await plans.apply(plan?.token ?? '');
    expect(await readFile(path, 'utf8')).toBe(text);
    expect(text).toContain('    sysctls:\r\n        vm.max_map_count: "262144"\r\ncluster:');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    await plans.undo(change.id);
    expect(await readFile(path, 'utf8')).toBe(crlf);
    const [node = ''] = bench.all;
    const ofNode = await machineConfigs.read('sim', node, signal);
    await expect(machineConfigs.patched(ofNode.token, [PATCH])).rejects.toThrow('stays in Minos');
  });

  it('with the line ends of Windows is edited as a text with one kind of them, and written with its own', async () => {
    const { machineConfigs, plans } = bench.workspace;
    const path = join(folder, 'windows.yaml');
    const windows = TEXT.replaceAll('\n', '\r\n');
    await writeFile(path, windows);
    const opened = await machineConfigs.open(path);
    expect(opened.text).toBe(TEXT.replace('abcdef.0123456789abcdef', '<secret-1>'));
    const edited = opened.text.replace('type: worker', 'type: worker # edited');
    expect(await machineConfigs.judge(opened.token, edited, 'metal')).toEqual([]);
    const { plan, diff } = await machineConfigs.edit(opened.token, edited);
    expect(diff.filter(({ kind }) => kind !== 'same')).toHaveLength(2);
    await plans.apply(plan?.token ?? '');
    expect(await readFile(path, 'utf8')).toBe(windows.replace('type: worker', 'type: worker # edited'));
    // What was not touched is not written anew.
    const again = await machineConfigs.open(path);
    expect((await machineConfigs.edit(again.token, again.text)).plan).toBeUndefined();
  });

  it('of very many lines is shown in part, and patched as a whole', async () => {
    const { machineConfigs } = bench.workspace;
    const path = join(folder, 'long.yaml');
    await writeFile(path, `${TEXT}${'# a\n'.repeat(25_000)}# end\n`);
    const opened = await machineConfigs.open(path);
    expect(opened.isCut).toBe(true);
    expect(opened.text.split('\n')).toHaveLength(20_001);
    expect(opened.text.endsWith('# a\n')).toBe(true);
    expect((await machineConfigs.patch(opened.token, [PATCH])).isChanged).toBe(true);
  });

  it('that was changed meanwhile is not written', async () => {
    const { machineConfigs, plans } = bench.workspace;
    const path = join(folder, 'other.yaml');
    await writeFile(path, TEXT);
    const { token } = await machineConfigs.open(path);
    const { plan } = await machineConfigs.patch(token, [PATCH]);
    await writeFile(path, `${TEXT}# by hand\n`);
    await expect(plans.apply(plan?.token ?? '')).rejects.toThrow(/was changed by another program/);
    expect(await readFile(path, 'utf8')).toBe(`${TEXT}# by hand\n`);
  });

  it('that is none is refused with its line, and nothing of it is quoted', async () => {
    const path = join(folder, 'broken.yaml');
    await writeFile(path, 'machine:\n\ttoken: very-secret\n');
    const failed: unknown = await bench.workspace.machineConfigs.open(path).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Failed);
    expect(JSON.stringify((failed as Failed).failure)).not.toContain('very-secret');
    expect((failed as Failed).failure).toMatchObject({ code: 'file-invalid', where: { line: 2 } });
  });
});
