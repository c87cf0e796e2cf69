import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../../main/files/settings.ts';
import { systemClock } from '../../../main/lib/clock.ts';
import { silentLog } from '../../../main/lib/log.ts';
import type { ShowQuestion } from '../../../main/operations/confirm.ts';
import type { Demo } from '../../../main/operations/app/demo.ts';
import { startSimulator } from '../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../fakes/open-workspace.ts';

/** Asked about before it is written, since it runs a program. */
const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
- {name: team, cluster: {server: "https://team.example:6443"}}
users:
- {name: dev, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login}}}
contexts:
- {name: team, context: {cluster: team, user: dev}}
`;

/** A context of this name that needs no credentials to be listed. */
const talosconfig = (name: string, node: string): string =>
  `context: ${name}\ncontexts:\n    ${name}:\n        endpoints: [127.0.0.9]\n        nodes: [${node}]\n`;

let folder: string;
let closed: number;
let opened: TestWorkspace | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-demo-test-'));
  closed = 0;
});

afterEach(async () => {
  await opened?.close();
  await rm(folder, { recursive: true });
});

async function startDemo(): Promise<Demo> {
  const path = join(folder, 'talosconfig');
  await writeFile(path, talosconfig('same', '10.9.9.9'));
  return {
    choice: { path, reason: 'demo', why: 'test', exists: true, writable: true },
    close: () => Promise.resolve(void (closed += 1)),
  };
}

async function open(start = startDemo, whenAsked = () => Promise.resolve()): Promise<TestWorkspace['workspace']> {
  const confirm: ShowQuestion = async () => {
    await whenAsked();
    return { isConfirmed: true, typed: '' };
  };
  opened = await openWorkspace(talosconfig('same', '10.5.0.2'), undefined, confirm, start);
  return opened.workspace;
}

const targets = (workspace: TestWorkspace['workspace']): readonly string[] =>
  workspace.nodes('same').current.nodes.map(({ target }) => target);

describe('the demo', () => {
  it('is known at once, is left for the user’s own files, and ends', async () => {
    const workspace = await open();
    const opening = workspace.openDemo();
    expect(workspace.isDemo).toBe(true);
    await opening;
    expect(workspace.talosconfig.state.current.choice.reason).toBe('demo');

    await workspace.leaveDemo();

    expect([workspace.isDemo, workspace.talosconfig.state.current.choice.path, closed]).toEqual([
      false,
      opened!.path,
      1,
    ]);
  });

  it('takes nothing it knows of one set of files for the other, where both have a context of the same name', async () => {
    const workspace = await open();
    expect(targets(workspace)).toEqual(['10.5.0.2']);

    await workspace.openDemo();
    expect(targets(workspace)).toEqual(['10.9.9.9']);
    await workspace.leaveDemo();

    expect(targets(workspace)).toEqual(['10.5.0.2']);
  });

  it('ends the watches of the files before: their contexts may be others by the same names', async () => {
    const simulator = await startSimulator({ proto: testProto() });
    try {
      opened = await openWorkspace(simulator.talosconfig, undefined, undefined, startDemo);
      const { signal } = new AbortController();
      const items = opened.workspace.watch('sim', { nodes: ['cp-1'], type: 'members', signal });
      let isOpen = false;
      for await (const { type } of items) {
        if (type !== 'complete') continue;
        isOpen = true;
        await opened.workspace.openDemo();
      }
      expect(isOpen).toBe(true);
    } finally {
      await opened?.close();
      opened = undefined;
      await simulator.close();
    }
  });

  it('knows what the user wants to be told of, also before any file of theirs was read', async () => {
    const workspace = await open();
    const settings = new SettingsFile(join(dirname(opened!.path), 'settings.json'), {
      clock: systemClock,
      log: silentLog,
    });
    await settings.update((kept) => ({ ...kept, isNotifying: true }));

    await workspace.openDemo();

    expect(workspace.attention.chosen.current.isNotifying).toBe(true);
  });

  it('leaves nothing of what was done in it: neither in the journal nor in its file, whatever goes on', async () => {
    const workspace = await open();
    await workspace.deeds.load();
    const { journal } = workspace.deeds;
    const file = join(dirname(opened!.path), 'deeds.ndjson');
    const head = (path: string) => ({
      deed: `Reboot, of ${path}`,
      context: 'same',
      file: path,
      certificate: undefined,
      talosctl: 'x',
    });
    const machines = [{ node: '10.9.9.9', name: 'cp-1' }] as unknown as Parameters<typeof journal.begin>[1];
    const deeds = () => journal.state.current.deeds?.map(({ file: of, isOver }) => [of, isOver]);
    const { path: demo } = (await startDemo()).choice;

    await workspace.openDemo();
    const gone = await journal.begin(head(demo), machines);
    // A talosconfig of the user that is open beside the demo's is no demo.
    const real = await journal.begin(head('/real'), machines);
    await real.over();
    await gone.asked(machines[0]!);
    expect(deeds()).toEqual([
      ['/real', true],
      [demo, false],
    ]);
    await workspace.leaveDemo();
    await gone.ended(machines[0]!, { stage: 'done' });
    await gone.over();

    expect(deeds()).toEqual([['/real', true]]);
    const kept = await readFile(file, 'utf8');
    expect([kept.includes('/real'), kept.includes(demo)]).toEqual([true, false]);
  });

  it('leaves the user’s schedules of snapshots as they are, also what ends while it is left', async () => {
    const workspace = await open();
    const file = join(dirname(opened!.path), 'snapshot-schedules.json');
    // As where Minos was started with the demo: none of it was read.
    const text = '{"version":1,"schedules":[{"cluster":"ca","folder":"/mnt","everyHours":6,"keep":2}]}';
    await writeFile(file, text);
    await workspace.openDemo();
    const { schedules } = workspace.etcdFiles;
    await schedules.plan('same', { folder, everyHours: 6, keep: 2 });

    const leaving = workspace.leaveDemo();
    await Promise.all([schedules.end('same'), leaving]);

    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('leaves the user’s snapshots as they are, also while they are read again', async () => {
    const workspace = await open();
    const file = join(dirname(opened!.path), 'etcd-snapshots.json');
    const text = '{"version":1,"snapshots":[]}';
    await writeFile(file, text);
    const { etcdFiles } = workspace;
    // As where Minos was started with the demo: both reads of leaving it come one after the other.
    await etcdFiles.load();

    const again = etcdFiles.load();
    await Promise.all([etcdFiles.known.forget('one'), again]);

    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('leaves nothing of what other programs wrote into its files meanwhile', async () => {
    const workspace = await open();
    await workspace.openDemo();
    const told = (file: string) => ({ file, atMs: 0, message: 'Another program wrote.', holds: 'minos' as const });
    for (const file of [join(folder, 'kubeconfig'), `/private${join(folder, 'talosconfig')}`, '/home/me/.talos/config'])
      workspace.talosconfig.reportConflict(told(file));

    await workspace.leaveDemo();

    expect(workspace.talosconfig.state.current.conflicts.map(({ file }) => file)).toEqual(['/home/me/.talos/config']);
  });

  it('can be left while it still starts', async () => {
    let begin = (): void => undefined;
    const workspace = await open(async () => {
      await new Promise<void>((resolve) => (begin = resolve));
      return startDemo();
    });
    const opening = workspace.openDemo();
    const leaving = workspace.leaveDemo();
    begin();
    await Promise.all([opening, leaving]);

    expect([workspace.isDemo, workspace.talosconfig.state.current.choice.path, closed]).toEqual([
      false,
      opened!.path,
      1,
    ]);
  });

  it('leaves no plan behind that was made in it', async () => {
    const workspace = await open();
    await workspace.openDemo();
    const { kubeconfigs } = workspace;
    const { token } = await kubeconfigs.openText(KUBECONFIG);
    const preview = await kubeconfigs.preview({ token, choice: 'refresh', setCurrent: false, asTalosctl: false });

    await workspace.leaveDemo();

    const gone = { failure: { code: 'not-found' } };
    await expect(workspace.plans.apply(preview.token)).rejects.toMatchObject(gone);
  });

  it('that is left while something is written in it is not remembered as the place to write to', async () => {
    let leave = (): Promise<void> => Promise.resolve();
    const workspace = await open(startDemo, () => leave());
    await workspace.openDemo();
    const { kubeconfigs } = workspace;
    const { token } = await kubeconfigs.openText(KUBECONFIG);
    const preview = await kubeconfigs.preview({ token, choice: 'refresh', setCurrent: false, asTalosctl: false });
    leave = () => workspace.leaveDemo();

    await workspace.plans.apply(preview.token);

    expect(workspace.isDemo).toBe(false);
    const settings = await readFile(join(dirname(opened!.path), 'settings.json'), 'utf8').catch(() => '');
    expect(settings).not.toContain(folder);
  });

  it('and the user’s own files are looked at once, however often that is asked for', async () => {
    const workspace = await open();
    expect(workspace.start()).toBe(workspace.start());
  });

  it('that cannot be started is no demo', async () => {
    const workspace = await open(() => Promise.reject(new Error('no port is free')));

    await expect(workspace.openDemo()).rejects.toThrow('no port is free');

    expect(workspace.isDemo).toBe(false);
  });
});
