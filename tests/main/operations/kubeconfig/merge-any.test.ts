import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseKubeconfig, textOf } from '../../../../main/kubeconfig/kubeconfig.ts';
import type { ConfirmQuestion, KubeconfigPreview } from '../../../../preload/contract/index.ts';
import { hasKubectl, kubectl } from '../../../fakes/kubectl.ts';
import { openWorkspace, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { OTHERS } from '../../kubeconfig/samples.ts';
import { openHarness, stateOf, type KubeconfigHarness } from './harness.ts';

const TEAM = `kind: Config
clusters:
- name: team
  cluster: {server: "https://team.example:6443", certificate-authority: pki/ca.crt, insecure-skip-tls-verify: no}
- name: far
  cluster: {server: "https://far.example", proxy-url: "socks5://10.0.0.9:1080"}
users:
- name: dev
  user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./bin/login, args: [--token, abc123, team]}}
- name: "yes"
  user: {tokenFile: token}
contexts:
- name: team
  context: {cluster: team, user: dev}
- name: far
  context: {cluster: far, user: "yes"}
current-context: team
`;

let h: KubeconfigHarness;
let asked: ConfirmQuestion[];
let answer = true;
let opened: TestWorkspace;

describe('a kubeconfig that was handed over', () => {
  beforeEach(async () => {
    h = await openHarness({ baseAddress: '127.0.0.33' });
    asked = [];
    answer = true;
    opened = await openWorkspace(h.simulator.talosconfig, [h.path], (question) => {
      asked.push(question);
      return Promise.resolve({ isConfirmed: answer, typed: '' });
    });
    await h.write(OTHERS);
    await mkdir(join(h.folder, 'down'));
    await writeFile(join(h.folder, 'down', 'team.yaml'), TEAM);
  });
  afterEach(async () => {
    await opened.close();
    await h.close();
  });

  const preview = async (token: string, more = {}): Promise<KubeconfigPreview> =>
    opened.workspace.kubeconfigs.preview({ token, choice: 'refresh', setCurrent: false, asTalosctl: false, ...more });

  test('is merged from a file with the same preview; what it runs and reads is said before, and asked', async () => {
    const { kubeconfigs } = opened.workspace;
    const { token, opened: files } = await kubeconfigs.openFiles([join(h.folder, 'down', 'team.yaml')]);
    expect(files).toEqual([{ from: join(h.folder, 'down', 'team.yaml'), contextCount: 2 }]);
    const shown = await preview(token, { setCurrent: true });
    const notes = shown.files[0]!.notes.map(({ message }) => message).join('\n');
    const login = join(h.folder, 'down', 'bin', 'login');

    expect(notes).toContain(
      `kubectl runs a program on this computer whenever it uses the user dev: ${login} --token [secret]`,
    );
    expect(notes).toContain(`The user yes reads the file ${join(h.folder, 'down', 'token')}.`);
    expect(notes).toContain('kubectl reaches the cluster far by a proxy.');
    expect(await h.read()).toBe(OTHERS);
    const change = await opened.workspace.plans.apply(shown.token);
    expect(asked.map(({ names }) => names?.items)).toEqual([[`dev: ${login} --token [secret] team`]]);
    const merged = parseKubeconfig(await h.read());
    expect([merged.currentContext, ...merged.contexts.keys()]).toEqual(['team', 'corp', 'lab', 'team', 'far']);
    const ca = textOf(merged.clusters.get('team')!.value.get('certificate-authority'));
    expect(ca).toBe(join(h.folder, 'down', 'pki', 'ca.crt'));
    if (hasKubectl) expect(await kubectl(h.path, 'config', 'current-context')).toBe('team\n');
    await opened.workspace.plans.undo(change.id);
    expect(await h.read()).toBe(OTHERS);
  });

  test('is not written when the user refuses what it runs', async () => {
    answer = false;
    const { token } = await opened.workspace.kubeconfigs.openFiles([join(h.folder, 'down', 'team.yaml')]);

    await expect(opened.workspace.plans.apply((await preview(token)).token)).rejects.toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(await h.read()).toBe(OTHERS);
  });

  test('that another program truncated and is about to write is read once it is whole', async () => {
    const path = join(h.folder, 'down', 'slow.yaml');
    await writeFile(path, '');
    const opening = opened.workspace.kubeconfigs.openFiles([path]);
    opening.catch(() => undefined);
    // Long enough to have read the empty file.
    for (let i = 0; i < 3; i++) await stat(path);
    await writeFile(path, TEAM);

    expect((await opening).opened).toEqual([{ from: path, contextCount: 2 }]);
  });

  test('is asked about when it was pasted and names a new server or proxy, and not when a file brought it', async () => {
    const { kubeconfigs } = opened.workspace;
    const plain = TEAM.replace(/exec: .*\}\}/, 'token: abc}');
    await writeFile(join(h.folder, 'down', 'plain.yaml'), plain);
    await opened.workspace.plans.apply(
      (await preview((await kubeconfigs.openFiles([join(h.folder, 'down', 'plain.yaml')])).token)).token,
    );
    expect(asked).toEqual([]);
    const pasted = await kubeconfigs.openText(plain.replace('team.example', 'new.example'));
    await opened.workspace.plans.apply((await preview(pasted.token)).token);
    const detour = await kubeconfigs.openText(
      plain.replace(/(server: [^,}\n]*)/, '$1, proxy-url: "http://ada:secret@proxy.example:3128"'),
    );
    await opened.workspace.plans.apply((await preview(detour.token, { choice: 'overwrite' })).token);

    expect(asked.map(({ names, facts }) => [names?.items, facts[0]])).toEqual([
      [['new.example', 'socks5 proxy 10.0.0.9:1080'], 'It comes from the clipboard.'],
      [['http proxy proxy.example:3128', 'socks5 proxy 10.0.0.9:1080'], 'It comes from the clipboard.'],
    ]);
  });

  test('is told from a talosconfig where it was pasted or dropped as one', async () => {
    const { imports } = opened.workspace.editing;
    const pasted = await imports.fromText(TEAM, 'clipboard');
    const dropped = await imports.fromPaths([join(h.folder, 'down', 'team.yaml')]);

    for (const { rows, failures } of [pasted, dropped])
      expect([rows, failures.map(({ where }) => where?.field)]).toEqual([[], ['kubeconfig']]);
  });

  test.each([
    ['Markdown', `Here it is:\n\n\`\`\`yaml\n${TEAM}\`\`\`\n`],
    ['base64', Buffer.from(TEAM).toString('base64')],
  ])('is taken out of %s', async (_what, text) => {
    const { token } = await opened.workspace.kubeconfigs.openText(text);

    expect((await preview(token)).files[0]?.contextNames).toEqual(['team']);
  });

  test.each([
    ['clusters: [\n', 'file-invalid'],
    ['contexts:\n- name: 7\n', 'file-invalid'],
    ['kind: Config\n', 'file-invalid'],
  ])('that kubectl refuses, or that holds nothing, is refused: %j', async (text, code) => {
    await expect(opened.workspace.kubeconfigs.openText(text)).rejects.toMatchObject({ failure: { code } });
  });
});

describe('contexts over all files of KUBECONFIG', () => {
  const context = (name: string, cluster = 'c'): string =>
    `- name: ${name} # mine\n  context: {cluster: ${cluster}, user: u}\n`;
  const ONE = `# first\ncontexts:\n${context('a')}`;
  const TWO = `contexts:\n${context('b')}${context('a', 'other')}current-context: b\n`;

  beforeEach(async () => {
    h = await openHarness({ files: ['one', 'two'], baseAddress: '127.0.0.34' });
    await h.write(ONE, 'one');
    await h.write(TWO, 'two');
  });
  afterEach(() => h.close());

  const at = async (name: string): Promise<string> =>
    (await stateOf(h)).files.find(({ path }) => path.endsWith(name))!.id;
  const current = async (): Promise<string> => (await stateOf(h)).currentContext;
  const same = async (): Promise<void> => {
    if (!hasKubectl) return;
    const all = `${h.path}:${join(h.folder, 'two')}`;
    expect(await kubectl(all, 'config', 'current-context')).toBe(`${await current()}\n`);
  };

  test('another one is made current in the file that says which is, and undo brings the old one back', async () => {
    const { kubeconfigs, workspace } = h;
    const preview = await kubeconfigs.previewCurrent({ file: await at('one'), name: 'a' });
    expect([await h.read('one'), await h.read('two')]).toEqual([ONE, TWO]);
    const change = await workspace.plans.apply(preview.token);

    expect([await h.read('one'), await h.read('two')]).toEqual([
      ONE,
      TWO.replace('current-context: b', 'current-context: a'),
    ]);
    expect(await current()).toBe('a');
    await same();
    await workspace.plans.undo(change.id);
    expect(await h.read('two')).toBe(TWO);
  });

  test('where no file says which is, the first that exists does, as with kubectl', async () => {
    await h.write(`contexts:\n${context('b')}`, 'two');
    await h.workspace.plans.apply((await h.kubeconfigs.previewCurrent({ file: await at('two'), name: 'b' })).token);

    expect(await h.read('one')).toBe(`${ONE}current-context: b\n`);
    await same();
  });

  test('the current one is renamed in its file and in the one that says it is current; only those words change', async () => {
    await h.write(TWO.replace('current-context: b', 'current-context: a'), 'two');
    const preview = await h.kubeconfigs.previewRename({ file: await at('one'), name: 'a', to: 'yes' });
    expect(preview.files.flatMap(({ entries }) => entries)).toEqual([
      { section: 'contexts', action: 'renamed', name: 'yes', incomingName: 'a' },
    ]);
    const { id } = await h.workspace.plans.apply(preview.token);

    expect([await h.read('one'), await h.read('two')]).toEqual([
      ONE.replace('name: a', 'name: "yes"'),
      TWO.replace('current-context: b', 'current-context: "yes"'),
    ]);
    await same();
    await h.workspace.plans.undo(id);
    expect([await h.read('one'), await current()]).toEqual([ONE, 'a']);
  });

  test('a name that any of the files has already is refused', async () => {
    const file = await at('one');

    await expect(h.kubeconfigs.previewRename({ file, name: 'a', to: 'b' })).rejects.toThrow('There is a context b in');
    await expect(h.kubeconfigs.previewRename({ file, name: 'a', to: 'a' })).rejects.toThrow('There is a context a');
    await expect(h.kubeconfigs.previewCurrent({ file, name: 'gone' })).rejects.toThrow('no context gone');
  });

  test.each([
    '{"contexts":[{"name":"a","context":{}}],"current-context":"a"}',
    'contexts: [{name: a, context: {}}]\ncurrent-context: a\n',
  ])('in %j, the current one is renamed', async (text) => {
    await h.write(text, 'one');
    await h.workspace.plans.apply(
      (await h.kubeconfigs.previewRename({ file: await at('one'), name: 'a', to: 'z' })).token,
    );

    const { contexts, currentContext } = parseKubeconfig(await h.read('one'));
    expect([[...contexts.keys()], currentContext]).toEqual([['z'], 'z']);
    await same();
  });
});
