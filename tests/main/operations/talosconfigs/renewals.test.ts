import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator, type TalosconfigWish } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

let simulator: Simulator;
let opened: TestWorkspace;
afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(wish: TalosconfigWish = {}): Promise<string> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1 });
  const text = await simulator.talosconfigFor(wish);
  opened = await openWorkspace(`# mine\n${text}`);
  return `# mine\n${text}`;
}

const never = new AbortController().signal;

describe('renewing a certificate', () => {
  it('shows the new certificate first and then replaces crt and key in place', async () => {
    const text = await start({ roles: ['os:operator', 'os:admin'], ttlMs: 5 * 86_400_000 });
    const { renewals } = opened.workspace.editing;

    const preview = await renewals.renew('sim', never);
    const untouched = await readFile(opened.path, 'utf8');
    await opened.workspace.plans.apply(preview.token);

    expect(untouched).toBe(text);
    expect(preview.after.roles).toEqual(preview.before?.roles);
    expect(preview.after.notAfterMs).toBeGreaterThan(preview.before?.notAfterMs ?? Infinity);
    const after = await readFile(opened.path, 'utf8');
    const kept = (one: string): string[] => one.split('\n').filter((line) => !/^\s+(crt|key):/.test(line));
    expect(kept(after)).toEqual(kept(text));
    const { certificate, isUsable } = opened.workspace.talosconfig.state.current.contexts[0]!;
    expect([certificate?.fingerprint, isUsable]).toEqual([preview.after.fingerprint, true]);
    expect(JSON.stringify(preview)).not.toMatch(/LS0tLS1CRUdJTi/);
  });

  it('says what is possible when the certificate has expired', async () => {
    await start({ ttlMs: -60_000 });

    await expect(opened.workspace.editing.renewals.renew('sim', never)).rejects.toMatchObject({
      failure: { code: 'credentials', hint: expect.stringContaining('secrets.yaml') as string },
    });
  });

  it('asks every control plane until one issues it, also the fourth', async () => {
    simulator = await startSimulator({ proto: testProto(), controlPlanes: 5, workers: 0, endpoints: ['cp-5'] });
    opened = await openWorkspace(simulator.talosconfig);
    await opened.workspace.nodes('sim').refresh();
    simulator.setNodeFault('cp-1', { kind: 'maintenance' });
    simulator.setNodeFault('cp-2', { kind: 'down' });
    simulator.setNodeFault('cp-3', { kind: 'maintenance' });

    const { node } = await opened.workspace.editing.renewals.renew('sim', never);

    expect(simulator.nodes.find(({ name }) => name === 'cp-4')?.address).toBe(node);
  });

  it('explains a role that may not issue certificates', async () => {
    await start({ roles: ['os:reader'] });

    await expect(opened.workspace.editing.renewals.renew('sim', never)).rejects.toMatchObject({
      failure: { code: 'denied' },
    });
  });

  it('saves a read-only talosconfig with the endpoints in use, private', async () => {
    await start();
    const path = join(dirname(opened.path), 'reader.yaml');

    await opened.workspace.editing.issue(
      'sim',
      { roles: ['os:reader'], hours: 24 },
      () => Promise.resolve(path),
      never,
    );

    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await opened.workspace.editing.openBeside([path]);
    const issued = opened.workspace.talosconfig.state.current.contexts.find(({ file }) => file === path)!;
    expect(issued).toMatchObject({ id: `${path}#reader@sim`, isUsable: true, certificate: { roles: ['os:reader'] } });
    expect(issued.endpoints).toEqual(simulator.endpoints.map(({ target }) => target));
  });
});

describe('a config that was issued', () => {
  it('replaces no file that is there, and then asks the cluster for nothing', async () => {
    const text = await start();
    const wish = { roles: ['os:reader'], hours: 24 };

    await expect(
      opened.workspace.editing.issue('sim', wish, () => Promise.resolve(opened.path), never),
    ).rejects.toMatchObject({
      failure: { code: 'conflict', where: { file: opened.path } },
    });

    expect(await readFile(opened.path, 'utf8')).toBe(text);
    expect(simulator.calls.filter(({ method }) => method.endsWith('GenerateClientConfiguration'))).toEqual([]);
  });
});

describe('a config that was issued while another program made a file of its name', () => {
  it('leaves that file as it is', async () => {
    await start();
    const path = join(dirname(opened.path), 'reader.yaml');
    const { editing } = opened.workspace;
    const issue = editing.renewals.issue.bind(editing.renewals);
    vi.spyOn(editing.renewals, 'issue').mockImplementation(async (...wish) => {
      const issued = await issue(...wish);
      await writeFile(path, 'theirs');
      return issued;
    });

    const issuing = editing.issue('sim', { roles: ['os:reader'], hours: 24 }, () => Promise.resolve(path), never);

    await expect(issuing).rejects.toMatchObject({ failure: { code: 'conflict', where: { file: 'reader.yaml' } } });
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(dirname(path))).not.toContainEqual(expect.stringContaining('.tmp'));
  });
});

describe('several files', () => {
  it('shows each context with its file, edits it there, and reopens the files after a restart', async () => {
    const text = await start();
    const path = join(dirname(opened.path), 'other.yaml');
    await writeFile(path, 'context: sim\ncontexts:\n  sim: # the other one\n    endpoints: [10.0.0.9]\n', {
      mode: 0o600,
    });
    const { editing, talosconfig } = opened.workspace;

    await editing.openBeside([path]);
    await editing.edit(`${path}#sim`, { kind: 'set-nodes', nodes: ['a'] }, (name) => `Nodes of ${name}`);

    expect(talosconfig.state.current.contexts.map(({ id, name, file }) => [id, name, file])).toEqual([
      ['sim', 'sim', opened.path],
      [`${path}#sim`, 'sim', path],
    ]);
    expect(await readFile(path, 'utf8')).toContain('# the other one\n');
    expect(await readFile(path, 'utf8')).toContain('nodes:');
    expect(await readFile(opened.path, 'utf8')).toBe(text);
    await editing.closeBeside(path);
    expect(talosconfig.state.current.files).toHaveLength(1);
  });
});
