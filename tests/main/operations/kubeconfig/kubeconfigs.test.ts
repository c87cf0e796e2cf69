import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseKubeconfig, textOf } from '../../../../main/kubeconfig/kubeconfig.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import { hasKubectl, kubectl } from '../../../fakes/kubectl.ts';
import { OTHERS } from '../../kubeconfig/samples.ts';
import { openHarness, signal, stateOf, type KubeconfigHarness } from './harness.ts';

let h: KubeconfigHarness;
beforeEach(async () => {
  h = await openHarness();
});
afterEach(() => h.close());

test('a context that goes from its file while kubeconfigs are read breaks nothing', async () => {
  await h.write(OTHERS);
  vi.spyOn(h.workspace, 'nodes').mockImplementation((context) => {
    throw new Failed({ code: 'not-found', message: `The talosconfig has no context ${context}.` });
  });

  expect((await stateOf(h)).files).toMatchObject([{ path: h.path, exists: true }]);
});

describe('one click', () => {
  test('previews, merges, and undo puts back the very bytes', async () => {
    await h.write(OTHERS);
    const preview = await h.preview();

    expect(await h.read()).toBe(OTHERS);
    expect(preview.files[0]?.entries.map(({ section, action }) => `${section} ${action}`)).toEqual([
      'clusters added',
      'users added',
      'contexts added',
    ]);
    const change = await h.workspace.plans.apply(preview.token);
    expect(await h.read()).toContain('admin@sim');
    expect(h.kubeconfigs.state.current.lastChange).toEqual(change);
    const merged = await h.read();
    const undone = await h.workspace.plans.undo(change.id);
    expect(await h.read()).toBe(OTHERS);
    expect(h.kubeconfigs.state.current.lastChange).toBeUndefined();
    const again = await h.workspace.plans.undo(undone.id);
    expect([await h.read(), undone.what, again.what]).toEqual([
      merged,
      `Undid: ${change.what}`,
      `Did again: ${change.what}`,
    ]);
    await h.workspace.plans.undo(again.id);
    expect(await h.read()).toBe(OTHERS);
  });

  test('an undo is told of by its own change and by what others write after it, also when a crash left their version', async () => {
    await h.write(OTHERS);
    const change = await h.workspace.plans.apply((await h.preview()).token);
    const merged = await h.read();
    const old = `.config.minos-4000000-${'a'.repeat(12)}-${'b'.repeat(16)}.old`;
    await writeFile(join(h.folder, old), '# theirs\n');
    const undone = await h.workspace.plans.undo(change.id);
    const again = await h.workspace.plans.undo(undone.id);
    expect(await h.read()).toBe(merged);

    await h.workspace.plans.undo(again.id);
    await h.write(merged);
    await expect
      .poll(async () => JSON.stringify((await stateOf(h)).files), { timeout: 8_000 })
      .toContain('wrote this file right after Minos');
  });

  test('makes a missing file with its folder, readable by its owner only, and undo removes it', async () => {
    const other = await openHarness({ files: ['deep/.kube/config'], baseAddress: '127.0.0.31' });
    const change = await other.workspace.plans.apply((await other.preview({ setCurrent: true })).token);

    expect((await stat(other.path)).mode & 0o777).toBe(0o600);
    expect(parseKubeconfig(await other.read()).currentContext).toBe('admin@sim');
    const made = await other.read();
    const { id } = await other.workspace.plans.undo(change.id);
    await expect(stat(other.path)).rejects.toThrow('ENOENT');
    await other.workspace.plans.undo(id);
    expect(await other.read()).toBe(made);
    await other.close();
  });

  test('keeps the mode and the symbolic link, and leaves nothing beside the file', async () => {
    await h.write(OTHERS, 'real', 0o640);
    await chmod(join(h.folder, 'real'), 0o640);
    await symlink(join(h.folder, 'real'), h.path);
    await h.workspace.plans.apply((await h.preview()).token);

    expect((await stat(join(h.folder, 'real'))).mode & 0o777).toBe(0o640);
    expect((await readdir(h.folder)).filter((name) => name.includes('backup'))).toEqual([]);
    expect(await h.read()).toContain('admin@sim');
  });

  test('knows what it fetched also behind a tunnel, and renews it there', async () => {
    await h.workspace.plans.apply((await h.preview()).token);
    const tunnelled = (await h.read()).replace(/server: .*/, 'server: https://localhost:16443');
    await h.write(tunnelled);
    const [row] = (await stateOf(h)).contexts;
    expect(row).toMatchObject({ source: { context: h.context, by: 'authority' }, canRefresh: true });

    const { token } = await h.kubeconfigs.fetch([h.context], signal);
    await h.workspace.plans.apply((await h.kubeconfigs.previewRefresh(token)).token);
    const renewed = await h.read();
    expect(renewed).not.toBe(tunnelled);
    expect(renewed.replace(/client-.*-data: .*/g, '')).toBe(tunnelled.replace(/client-.*-data: .*/g, ''));
  });

  test('lists the changes of a file, and forgets its old versions when the user says so', async () => {
    await h.write(OTHERS);
    const { id } = await h.workspace.plans.apply((await h.preview()).token);
    const file = (await stateOf(h)).files[0]!.id;
    expect((await h.kubeconfigs.history(file)).map(({ canUndo, file: path }) => [canUndo, path])).toEqual([
      [true, h.path],
    ]);

    await h.kubeconfigs.forget(file);
    expect([await h.kubeconfigs.history(file), (await stateOf(h)).lastChange]).toEqual([[], undefined]);
    await expect(h.workspace.plans.undo(id)).rejects.toThrow('no longer kept');
    expect(await h.read()).toContain('admin@sim');
  });

  test('a second time renews the certificate in place and nothing else', async () => {
    await h.workspace.plans.apply((await h.preview()).token);
    const before = parseKubeconfig(await h.read());
    await h.workspace.plans.apply((await h.preview()).token);
    const after = parseKubeconfig(await h.read());

    expect([...after.users.keys(), ...after.contexts.keys(), ...after.clusters.keys()]).toEqual([
      'admin@sim',
      'admin@sim',
      'sim',
    ]);
    expect(after.users.get('admin@sim')?.value).not.toEqual(before.users.get('admin@sim')?.value);
  });

  test('applying the same preview twice is refused', async () => {
    const { token } = await h.preview();
    await h.workspace.plans.apply(token);

    await expect(h.workspace.plans.apply(token)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  test('no key, token or password leaves main', async () => {
    await h.write(OTHERS);
    const fetched = await h.kubeconfigs.fetch([h.context], signal);
    const preview = await h.preview({ token: fetched.token });
    const change = await h.workspace.plans.apply(preview.token);
    const key = textOf(
      parseKubeconfig(await h.read())
        .users.get('admin@sim')
        ?.value.get('client-key-data'),
    );
    const shown = JSON.stringify([fetched, preview, change, await stateOf(h)]);

    expect(key.length).toBeGreaterThan(100);
    for (const secret of [key.slice(0, 40), key.slice(60, 100), 'hunter2', 'S3cr3t', 'eyJhbGci', 'verysecret', 'BEGIN'])
      expect(shown).not.toContain(secret);
  });

  test('talosctl-compatible rules can be had', async () => {
    await h.workspace.plans.apply((await h.preview({ asTalosctl: true })).token);
    await h.workspace.plans.apply((await h.preview({ asTalosctl: true })).token);
    const { users, currentContext } = parseKubeconfig(await h.read());

    expect([...users.keys()]).toEqual(['admin@sim', 'admin@sim-1']);
    expect(currentContext).toBe('admin@sim-1');
  });

  test.skipIf(!hasKubectl)('kubectl reads what was merged', async () => {
    await h.write(OTHERS);
    await h.workspace.plans.apply((await h.preview({ contextName: 'prod' })).token);

    expect((await kubectl(h.path, 'config', 'get-contexts', '-o', 'name')).trim().split('\n')).toEqual([
      'corp',
      'lab',
      'prod',
    ]);
  });
});

describe('undo after a restart', () => {
  test('takes back the changes of earlier sessions one by one, newest first, and none twice', async () => {
    await h.write(OTHERS);
    await h.workspace.plans.apply((await h.preview()).token);
    const merged = await h.read();
    const { id } = (await stateOf(h)).files[0]!;
    const { token } = await h.kubeconfigs.previewRemoval({ contexts: [{ file: id, name: 'lab' }] });
    await h.workspace.plans.apply(token);

    const { kubeconfigs, plans } = await h.restart();
    const whats: (string | undefined)[] = [];
    const texts: string[] = [];
    for (let i = 0; i < 3; i++) {
      await kubeconfigs.reload();
      const { lastChange } = kubeconfigs.state.current;
      whats.push(lastChange?.what);
      if (lastChange) await plans.undo(lastChange.id);
      texts.push(await h.read());
    }

    expect(whats).toEqual(['Removed lab', 'Merged the kubeconfig of sim', undefined]);
    expect(texts).toEqual([merged, OTHERS, OTHERS]);
  });

  test('is not offered for a file that somebody changed since', async () => {
    await h.workspace.plans.apply((await h.preview()).token);
    await h.write(`${await h.read()}# theirs\n`);

    expect((await stateOf(h)).lastChange).toBeUndefined();
    const { kubeconfigs } = await h.restart();
    await kubeconfigs.reload();
    expect(kubeconfigs.state.current.lastChange).toBeUndefined();
  });
});

describe('the file is not what the preview was made on', () => {
  test('a changed file is a conflict and stays', async () => {
    await h.write(OTHERS);
    const { token } = await h.preview();
    await h.write(`${OTHERS}# theirs\n`);

    await expect(h.workspace.plans.apply(token)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(await h.read()).toBe(`${OTHERS}# theirs\n`);
  });

  test('undo after somebody changed the file is a conflict and changes nothing', async () => {
    const change = await h.workspace.plans.apply((await h.preview()).token);
    const theirs = `${await h.read()}# theirs\n`;
    await h.write(theirs);

    await expect(h.workspace.plans.undo(change.id)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(await h.read()).toBe(theirs);
  });

  test("kubectl's lock is waited for, reported with its age, and removed on the user's word", async () => {
    await h.write(OTHERS);
    const { token } = await h.preview();
    await writeFile(`${h.path}.lock`, '', { mode: 0 });
    const old = new Date(Date.now() - 3_600_000 * 3);
    await utimes(`${h.path}.lock`, old, old);

    await expect(h.workspace.plans.apply(token)).rejects.toMatchObject({
      failure: { code: 'conflict', message: expect.stringContaining('for 3 h') as string, where: { field: 'lock' } },
    });
    expect(await h.read()).toBe(OTHERS);
    await h.kubeconfigs.removeLock(h.kubeconfigs.state.current.files[0]!.id);
    await h.workspace.plans.apply(token);
    expect(await h.read()).toContain('admin@sim');
    expect((await readdir(h.folder)).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  test.each([
    ['broken YAML', 'clusters: [\n', 'file-invalid'],
    ['a name twice', 'users:\n- name: a\n- name: a\n', 'file-invalid'],
    ['no text', Buffer.from([0xff, 0xfe, 0x00]), 'file-invalid'],
  ])('%s is refused with its place and stays', async (_name, content, code) => {
    await writeFile(h.path, content);

    await expect(h.preview()).rejects.toMatchObject({ failure: { code, where: { file: h.path } } });
    expect(await readFile(h.path)).toEqual(Buffer.from(content));
    expect((await stateOf(h)).files[0]?.failure?.code).toBe(code);
  });
});

describe('another file', () => {
  test('a cluster whose authority and certificate stand in files beside the kubeconfig is renewed in place', async () => {
    await h.workspace.plans.apply((await h.preview()).token);
    const { users, clusters } = parseKubeconfig(await h.read());
    const pem = (section: typeof users, name: string, field: string): Buffer =>
      Buffer.from(textOf(section.get(name)?.value.get(field)), 'base64');
    await mkdir(join(h.folder, 'pki'));
    await writeFile(join(h.folder, 'pki', 'ca.crt'), pem(clusters, 'sim', 'certificate-authority-data'));
    await writeFile(join(h.folder, 'pki', 'me.crt'), pem(users, 'admin@sim', 'client-certificate-data'));
    const withFiles = (await h.read())
      .replace(/certificate-authority-data: .*/, 'certificate-authority: pki/ca.crt')
      .replace(/client-certificate-data: .*/, 'client-certificate: pki/me.crt')
      .replace(/client-key-data: .*/, 'client-key: pki/me.key');
    await h.write(withFiles);

    const [context] = (await stateOf(h)).contexts;
    expect([context?.source?.by, context?.canRefresh]).toEqual(['authority', true]);
    expect(context?.certificate?.notAfterMs).toBeGreaterThan(Date.now());
    expect((await h.preview()).files[0]?.entries.map(({ action }) => action)).toEqual(['kept', 'refreshed', 'kept']);
  });

  test.each([
    ['is missing', () => Promise.resolve()],
    ['is a folder', (path: string) => mkdir(path)],
    ['is larger than any bundle', (path: string) => writeFile(path, 'x'.repeat(2 * 1024 * 1024))],
    ['is a pipe that nobody writes to', (path: string) => Promise.resolve(void execFileSync('mkfifo', [path]))],
  ])('a file with an authority that %s is no reason to fail', async (_name, make) => {
    await make(join(h.folder, 'ca.crt'));
    await h.write(
      'clusters:\n- name: sim\n  cluster: {server: "https://a:6443", certificate-authority: ca.crt}\ncontexts:\n- name: a\n  context: {cluster: sim, user: b}\n',
    );

    expect((await h.preview()).files[0]?.entries[0]).toMatchObject({ action: 'added', name: 'sim-1' });
  });

  test('a folder means the file kubeconfig in it; kubectl does not read it by itself', async () => {
    const file = await h.kubeconfigs.choose(h.folder);
    expect(file.path).toBe(join(h.folder, 'kubeconfig'));
    const preview = await h.preview({ file: file.id });

    expect(preview.files[0]?.notes[0]?.message).toBe('kubectl does not read this file by itself.');
    await h.workspace.plans.apply(preview.token);
    expect(await h.read('kubeconfig')).toContain('admin@sim');
    expect((await stateOf(h)).files.find(({ isTarget }) => isTarget)?.path).toBe(file.path);
  });

  test('an address that answers needs no alternatives', async () => {
    const listener = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const reachable = await openHarness({ kubernetesUrl: `https://127.0.0.1:${port}`, baseAddress: '127.0.0.31' });
    const { token } = await reachable.kubeconfigs.fetch([reachable.context], signal);
    await reachable.workspace.plans.apply((await reachable.preview({ token })).token);
    await reachable.kubeconfigs.reload();
    const entry = { file: reachable.kubeconfigs.state.current.files[0]!.id, name: 'admin@sim' };

    const expected = { server: `https://127.0.0.1:${port}`, isReachable: true, alternatives: [] };
    expect(await reachable.kubeconfigs.probe({ token, context: reachable.context }, signal)).toEqual(expected);
    expect(await reachable.kubeconfigs.probe({ entry }, signal)).toEqual(expected);
    await reachable.close();
    listener.close();
  });

  test('an address that is not offered is refused', async () => {
    await expect(h.preview({ server: 'https://evil.example:6443' })).rejects.toMatchObject({
      failure: { code: 'invalid' },
    });
  });

  test('an address that is offered is written, and later known as the same cluster', async () => {
    const { token } = await h.kubeconfigs.fetch([h.context], signal);
    const { nodes } = h.workspace.nodes(h.context).current;
    const server = `https://${nodes.find(({ hostname }) => hostname === 'cp-2')!.addresses[0]}:6443`;
    await h.workspace.plans.apply((await h.preview({ token, server })).token);
    expect(await h.read()).toContain(`server: ${server}`);

    const again = await h.preview();
    expect(again.files[0]?.entries.map(({ action }) => action)).toEqual(['kept', 'refreshed', 'kept']);
  });
});
