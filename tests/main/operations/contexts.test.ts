import { appendFile, chmod, mkdir, rm } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { mintAuthority } from '../../../main/credentials/mint.ts';
import type { TalosconfigState } from '../../../preload/contract/index.ts';
import { openWorkspace, type TestWorkspace } from '../../fakes/open-workspace.ts';

let opened: TestWorkspace | undefined;
afterEach(async () => {
  if (opened) await chmod(opened.path, 0o600).catch(() => undefined);
  await opened?.close();
  opened = undefined;
});

async function read(text: string | undefined): Promise<TalosconfigState> {
  opened = await openWorkspace(text);
  return opened.workspace.talosconfig.state.current;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function goodContext(): Promise<string> {
  const authority = await mintAuthority('talos');
  const leaf = await authority.issue({ organizations: ['os:reader'], eku: 'clientAuth', commonName: 'me' });
  return `endpoints: [10.0.0.1]\n    ca: ${base64(authority.certPem)}\n    crt: ${base64(leaf.certPem)}\n    key: ${base64(leaf.keyPem)}\n`;
}

describe('the talosconfig in use', () => {
  it('lists broken contexts with their problem while good ones work', async () => {
    const state = await read(
      `context: good\ncontexts:\n  good:\n    ${await goodContext()}  'null one':\n  "010":\n    endpoints: []\n  1.10:\n    endpoints: [a]\n    crt: "!"\n    key: "!"\n  __proto__:\n    endpoints: [10.0.0.2]\n`,
    );

    expect(state).toMatchObject({ status: 'ready', fileContext: 'good' });
    expect(state.contexts.map(({ name, isUsable }) => [name, isUsable])).toEqual([
      ['good', true],
      ['null one', false],
      ['010', false],
      ['1.10', false],
      ['__proto__', true],
    ]);
    for (const context of state.contexts.filter(({ isUsable }) => !isUsable)) {
      expect(context.problems.find(({ severity }) => severity === 'error')?.message).toBeTruthy();
    }
  });

  it('labels Omni and basic sign-in as not supported yet', async () => {
    const state = await read(
      'contexts:\n  omni:\n    endpoints: [https://o.example]\n    auth:\n      siderov1:\n        identity: me@example.com\n  old:\n    endpoints: [10.0.0.1]\n    auth:\n      basic:\n        username: u\n        password: hunter2\n',
    );

    expect(state.contexts.map(({ auth, isUsable, problems }) => [auth, isUsable, problems.at(-1)?.message])).toEqual([
      ['siderov1', false, 'Omni sign-in (siderov1) is not supported yet.'],
      ['basic', false, 'Sign-in with user and password (auth.basic) is not supported yet.'],
    ]);
    expect(JSON.stringify(state)).not.toContain('hunter2');
  });

  it('never publishes key or certificate bytes', async () => {
    const context = await goodContext();
    const state = await read(`contexts:\n  good:\n    ${context}`);
    const published = JSON.stringify(state);

    for (const field of ['ca', 'crt', 'key']) {
      const value = new RegExp(`${field}: (\\S+)`).exec(context)?.[1] ?? 'missing';
      expect(published).not.toContain(value.slice(40, 80));
      expect(published).not.toContain(Buffer.from(value, 'base64').toString().split('\n')[1]);
    }
    expect(state.contexts[0]?.certificate?.roles).toEqual(['os:reader']);
  });

  it.each([
    ['invalid YAML', 'contexts:\n  a: [1\n  b: }\n', 'file-invalid'],
    ['a list', '- a\n- b\n', 'file-invalid'],
  ])('says where %s is wrong', async (_what, text, code) => {
    const state = await read(text);

    expect(state).toMatchObject({ status: 'unreadable', failure: { code, where: { file: opened?.path } } });
    expect(state.failure?.where?.line).toBeGreaterThan(0);
  });

  it('tells an empty file from a missing one', async () => {
    expect((await read('')).status).toBe('empty');
    await opened?.close();
    expect(await read(undefined)).toMatchObject({ status: 'missing', failure: { code: 'file-missing' } });
  });

  it('says that a folder is where the file should be', async () => {
    await read('contexts: {}\n');
    await rm(opened!.path);
    await mkdir(opened!.path);

    await opened!.workspace.talosconfig.reload();

    expect(opened!.workspace.talosconfig.state.current).toMatchObject({
      status: 'unreadable',
      failure: { code: 'file-access' },
    });
    await rm(opened!.path, { recursive: true });
  });

  it('shows an edit by another program', async () => {
    await read('context: a\ncontexts:\n  a:\n    endpoints: [10.0.0.1]\n');
    const seen = new Promise<TalosconfigState>((resolve) => {
      opened!.workspace.talosconfig.state.subscribe(resolve);
    });

    await appendFile(opened!.path, '  b:\n    endpoints: [10.0.0.2]\n');

    expect((await seen).contexts.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
