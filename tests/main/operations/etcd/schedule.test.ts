import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { Failed } from '../../../../main/lib/failed.ts';
import type { Workspace } from '../../../../main/operations/workspace.ts';
import { JumpClock } from '../../../fakes/jump-clock.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const HOUR_MS = 3_600_000;
let simulator: Simulator;
let opened: TestWorkspace;
let clock: JumpClock;
let folder: string;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 0, snapshotBytes: 70_000 });
  clock = new JumpClock();
  opened = await openWorkspace(simulator.talosconfig, undefined, undefined, undefined, clock);
  folder = join(dirname(opened.path), 'snapshots');
  await mkdir(folder);
}

const of = ({ etcdFiles }: Workspace = opened.workspace) => etcdFiles.schedules.of('sim').current;
const plan = (wish = {}) =>
  opened.workspace.etcdFiles.schedules.plan('sim', { folder, everyHours: 6, keep: 2, ...wish });
const settled = ({ etcdFiles }: Workspace = opened.workspace) => etcdFiles.schedules.settled();
const files = async (): Promise<readonly string[]> => (await readdir(folder)).sort();
async function later(ms: number, workspace = opened.workspace): Promise<void> {
  clock.jump(ms);
  workspace.etcdFiles.schedules.look();
  await settled(workspace);
}

describe('a schedule of snapshots', () => {
  it('is off until it is planned; then one is taken at once, whole and for its owner alone, and the next in its turn', async () => {
    await start();
    expect(of()).toEqual({ context: 'sim' });

    await plan();
    await settled();

    const [name = ''] = await files();
    expect(name).toMatch(/^sim-etcd-.*\.snapshot$/);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    expect(of()).toMatchObject({
      plan: { everyHours: 6, keep: 2, folder, nextMs: of().last!.atMs + 6 * HOUR_MS },
      last: { name, from: 'schedule', hasHash: true, revision: 120_331 },
    });
    expect(opened.workspace.snapshots.of(opened.workspace.talosconfig.context('sim').summary)?.atMs).toBeDefined();
    await later(5 * HOUR_MS);
    expect(await files()).toHaveLength(1);
    await later(1.1 * HOUR_MS);
    expect(await files()).toHaveLength(2);
  });

  it('keeps the newest of its own, and removes no other file, nor one of its own that is another by now', async () => {
    await start();
    await writeFile(join(folder, 'sim-etcd-2020-01-01T00-00-00.snapshot'), 'of somebody else');
    await plan();
    await settled();
    const [, first = ''] = await files();
    await later(7 * HOUR_MS);
    const second = of().last!.name;
    await writeFile(join(folder, second), 'written over');

    await later(7 * HOUR_MS);
    await later(7 * HOUR_MS);

    const left = await files();
    expect(left).toContain('sim-etcd-2020-01-01T00-00-00.snapshot');
    expect(left).not.toContain(first);
    expect(await readFile(join(folder, second), 'utf8')).toBe('written over');
    expect(left).toHaveLength(4);
  });

  it('takes none without a quorum, says so once, tries again, and says when it failed anew', async () => {
    await start();
    const told = vi.fn();
    opened.workspace.etcdFiles.schedules.show = told;
    simulator.setNodeFault('cp-2', { kind: 'down' });
    simulator.setNodeFault('cp-3', { kind: 'down' });

    await plan();
    await settled();
    await later(HOUR_MS);

    expect(await files()).toEqual([]);
    expect(of().failure).toBeDefined();
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ context: 'sim' }));
    await simulator.clearFaults();
    await later(HOUR_MS);
    expect(await files()).toHaveLength(1);
    expect(of().failure).toBeUndefined();
  });

  it('keeps nothing of one that is cut, or that is left in the middle', async () => {
    await start();
    for (const name of ['cp-1', 'cp-2', 'cp-3']) simulator.setNodeFault(name, { kind: 'snapshot-cut' });

    await plan();
    await settled();

    expect(await files()).toEqual([]);
    expect(of().failure).toMatch(/cannot be used/);
  });

  it('replaces no file that has the name of its own, as of another cluster of that name', async () => {
    await start();
    const nameAt = (ms: number): string =>
      `sim-etcd-${new Date(ms).toISOString().slice(0, 19).replaceAll(':', '-')}.snapshot`;
    const names = Array.from({ length: 10 }, (_each, at) => nameAt(clock.now() + at * 1000));
    for (const name of names) await writeFile(join(folder, name), 'of another');

    await plan();
    await settled();

    for (const name of names) expect(await readFile(join(folder, name), 'utf8')).toBe('of another');
    expect(await files()).toHaveLength(11);
  });

  it('leaves no file of one that cannot be read: every quarter of an hour another one would come', async () => {
    await start();
    const failed = new Failed({ code: 'too-large', message: 'The snapshot takes too long to be read.' });
    vi.spyOn(opened.workspace.etcdFiles.known, 'add').mockRejectedValue(failed);

    await plan();
    await settled();

    expect(await files()).toEqual([]);
    expect(of().failure).toBe('The last one was not taken: The snapshot takes too long to be read.');
  });

  it('that took one does not say that it took none because an older one cannot be removed', async () => {
    await start();
    const told = vi.fn();
    opened.workspace.etcdFiles.schedules.show = told;
    await plan({ keep: 1 });
    await settled();
    vi.spyOn(opened.workspace.etcdFiles.known, 'forget').mockRejectedValue(new Error('EACCES'));

    await later(7 * HOUR_MS);
    await later(7 * HOUR_MS);

    expect(of().failure).toMatch(/^The last one was taken\. An older one cannot be removed/);
    expect(told).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ title: expect.stringMatching(/^An older/) as string }));
  });

  it('that is left in the middle because Minos ends has not failed, and is due again', async () => {
    await start();
    const told = vi.fn();
    opened.workspace.etcdFiles.schedules.show = told;
    await plan();

    await opened.workspace.close();

    const next = await opened.restart();
    expect(of(next)).toMatchObject({ plan: { nextMs: 0 } });
    expect(of(next)).not.toHaveProperty('failure');
    expect(told).not.toHaveBeenCalled();
    expect(await files()).toEqual([]);
  });

  it('goes on after a restart, and takes what was due meanwhile', async () => {
    await start();
    await plan();
    await settled();
    await opened.workspace.close();

    const next = await opened.restart();
    expect(of(next)).toMatchObject({ plan: { everyHours: 6, keep: 2 }, last: { from: 'schedule' } });
    await later(7 * HOUR_MS, next);

    expect(await files()).toHaveLength(2);
    await next.etcdFiles.schedules.end('sim');
    await later(70 * HOUR_MS, next);
    expect(await files()).toHaveLength(2);
  });
});
