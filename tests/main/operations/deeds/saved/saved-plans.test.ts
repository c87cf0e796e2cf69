import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion, DeedPreview, OpenedPlan } from '../../../../../preload/contract/index.ts';
import type { Desktop } from '../../../../../main/operations/app/desktop.ts';
import { deedRoutes } from '../../../../../main/operations/deeds/routes.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';
import { confirming } from '../../../../fakes/tried-deeds.ts';

const { signal } = new AbortController();
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 3, ...options });
  asked = [];
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked));
  await opened.workspace.nodes('sim').refresh();
}

type Wish = Parameters<TestWorkspace['workspace']['deeds']['plan']>[0];

const plan = (wish: Partial<Wish>): Promise<DeedPreview> =>
  opened.workspace.deeds.plan(
    { context: 'sim', nodes: ['worker-03', 'worker-01'], deed: 'reboot', params: {}, ...wish },
    signal,
  );
const file = (): string => join(dirname(opened.path), 'x.minos-plan.yaml');
const saved = () => opened.workspace.deeds.saved;

async function save(preview: DeedPreview): Promise<string> {
  const token = preview.saved ?? expect.fail(preview.notSaved ?? 'it cannot be saved');
  await saved().save(token, () => Promise.resolve(file()), opened.workspace.unfinished);
  return readFile(file(), 'utf8');
}

const open = (): Promise<OpenedPlan> => saved().open(file(), {});
const again = async (): Promise<DeedPreview> => {
  const { wish } = await open();
  return plan({ ...wish, nodes: [...wish.nodes] });
};

describe('a plan as a file', () => {
  it('is opened on fresh state, planned anew and confirmed like any plan; opening it asks no machine', async () => {
    await start();
    const text = await save(await plan({ params: { drain: false, workers: '2' } }));

    expect(text).toContain('deed: reboot');
    expect(text).toContain('name: worker-03');
    expect(text).toMatch(/uuid: [0-9a-f-]{36}/);
    expect(text).not.toMatch(/PRIVATE|BEGIN|token/);
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o077).toBe(0);

    const calls = simulator.calls.length;
    const { wish, ...told } = await open();
    expect(simulator.calls).toHaveLength(calls);
    expect(told).toMatchObject({ file: 'x.minos-plan.yaml', minos: '' });
    expect(wish).toMatchObject({ context: 'sim', deed: 'reboot', params: { workers: '2', drain: false } });

    const preview = await plan({ ...wish, nodes: [...wish.nodes] });
    expect(preview).toMatchObject({ deed: 'Reboot 2 machines', differs: [] });
    for (const node of simulator.nodes) node.setNextBoot({ downMs: 50, bootMs: 50 });
    await opened.workspace.plans.apply(preview.head?.token ?? '');
    expect(asked).toMatchObject([
      {
        title: 'Reboot 2 machines?',
        facts: expect.arrayContaining([expect.stringContaining('comes from the file')]) as unknown,
      },
    ]);
    expect(asked[0]?.facts.at(-1)).toBe('It comes from the file “x.minos-plan.yaml”, and was planned anew.');
  });

  it('says what is another way: a machine that is gone, another one at its address, another name and version', async () => {
    await start();
    const text = await save(await plan({ nodes: ['worker-01', 'worker-02', 'worker-03'] }));
    const uuids = [...text.matchAll(/uuid: (.+)/g)].map(([, uuid = '']) => uuid);
    await writeFile(
      file(),
      text
        .replace('name: worker-02', 'name: worker-77')
        .replace(/node: 10\.5\.0\.4\b/, 'node: 10.5.0.99')
        .replace(uuids[2] ?? '', '00000000-1111-2222-3333-444444444444')
        .replaceAll(/version: (.+)/g, 'version: v1.11.0'),
    );

    const preview = await again();
    expect(preview.machines.map(({ name }) => name)).toEqual(['worker-01']);
    expect(preview.differs?.slice(0, 3)).toEqual([
      expect.stringMatching(/^“worker-01” ran Talos “v1\.11\.0”, and runs v1\./),
      '“worker-77” is not part of it: No machine of this cluster is known by its name or address any more.',
      expect.stringMatching(
        /^“worker-03” is not part of it: Another machine answers at its address: its UUID was “0000/,
      ),
    ]);
    expect(preview.head).toBeDefined();
  });

  it('finds a machine by its name that has another address by now, and says what is refused now', async () => {
    await start();
    await save(await plan({ nodes: ['worker-01'] }));
    const text = await readFile(file(), 'utf8');
    await writeFile(file(), text.replace(/node: 10\.5\.0\.3/, 'node: 10.5.9.9'));
    simulator.node('worker-01').setFault({ kind: 'down' });
    const preview = await again();
    expect(preview.machines).toMatchObject([{ node: '10.5.0.3', name: 'worker-01' }]);
    expect(preview.differs).toEqual([
      '“worker-01” is reached at 10.5.0.3, no longer at “10.5.9.9”.',
      '“worker-01” was allowed then, and is refused now.',
    ]);
    expect(preview.head).toBeUndefined();
  });

  it('of another cluster is refused by its name, and so is one whose machines are all gone', async () => {
    await start();
    const text = await save(await plan({}));
    await writeFile(file(), text.replace(/- [0-9a-f]{64}/, `- ${'0a'.repeat(32)}`));
    await expect(open()).rejects.toMatchObject({
      failure: { code: 'conflict', message: expect.stringContaining('whose context was called “sim”') as string },
    });
    await writeFile(file(), text.replaceAll(/(node|name): (worker-|10\.5\.0\.)/g, '$1: gone-'));
    await expect(again()).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('is not looked for where a drop brought no file', async () => {
    await start();
    const desktop = { droppedPaths: () => [] } as unknown as Desktop;
    const opening = deedRoutes(opened.workspace, desktop)['deeds.openPlan']({ dropped: 'x' }, { signal, windowId: 1 });
    await expect(opening).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('holds no value that may be a secret, and takes none', async () => {
    await start();
    const meta = await plan({ deed: 'meta-write', nodes: ['worker-01'], params: { key: '0x0c', value: 's3cret' } });
    expect(meta).toMatchObject({ head: {}, notSaved: 'Value: it may hold a secret, which Minos writes into no file.' });
    expect(meta.saved).toBeUndefined();

    const text = await save(await plan({}));
    await writeFile(
      file(),
      text
        .replace(/deed: .+/, 'deed: meta-write')
        .replace(/params:\n( {2}.+\n)+/, "params:\n  key: '0x0c'\n  value: x\n"),
    );
    await expect(open()).rejects.toMatchObject({
      failure: { code: 'invalid', message: expect.stringContaining('takes it from none') as string },
    });
    await writeFile(file(), text.replace(/deed: .+/, 'deed: launch'));
    await expect(open()).rejects.toMatchObject({
      failure: { code: 'invalid', message: 'This Minos has no deed that is called “launch”.' },
    });
  });
});
