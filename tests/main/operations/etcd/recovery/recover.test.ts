import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecoveryStep, RecoveryView } from '../../../../../preload/contract/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import type { Workspace } from '../../../../../main/operations/workspace.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';

/*
 * Each situation is recovered from end to end as the page does it: it looks, does what the first step says by its plan or run, and looks
 * again. Between two steps Minos may be another one.
 */

const { signal } = new AbortController();
let simulator: Simulator;
let opened: TestWorkspace;
let workspace: Workspace;
/** Every step that was done, in its order. */
let done: string[];

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({
    ...{ proto: testProto(), controlPlanes: 3, workers: 1, etcdStepMs: 5, snapshotBytes: 70_000 },
    ...options,
  });
  for (const node of simulator.nodes) node.setNextBoot({ downMs: 20, bootMs: 20 });
  opened = await openWorkspace(simulator.talosconfig);
  workspace = opened.workspace;
  await workspace.nodes('sim').refresh();
  await vi.waitFor(() => expect(workspace.nodes('sim').current.nodes).toHaveLength(simulator.nodes.length));
}
beforeEach(() => {
  done = [];
});
afterEach(async () => {
  await opened.close();
  await simulator.close();
});

const look = (): Promise<RecoveryView> => workspace.etcdFiles.recoveries.look('sim', signal);
const begin = (snapshot?: string) => workspace.etcdFiles.recoveries.begin('sim', snapshot);
const up = (): readonly string[] => {
  const { members } = simulator.etcd;
  const voters = members.filter(({ node, isLearner }) => !isLearner && simulator.etcd.hasData(node));
  return voters.map(({ node }) => node.name).sort();
};

/** Does a step as its button does. Why its plan was refused, if it was: the cluster may be another way by then, and is looked at again. */
async function doStep({ deed, run, id }: RecoveryStep): Promise<string | undefined> {
  const name = id.replace(/:[0-9a-f]{16}$/, ':member');
  if (deed !== undefined) {
    const wish = { context: 'sim', deed: deed.deed, nodes: [...deed.nodes], params: { ...deed.params } };
    const { head, machines, refused } = await workspace.deeds.plan(wish, signal);
    if (head === undefined) return `${id}: ${refused ?? machines[0]?.refused}`;
    done.push(name);
    await workspace.plans.apply(head.token);
    return undefined;
  }
  done.push(name);
  if (run !== undefined) {
    const before = workspace.etcdFiles.known.count;
    const path = join(dirname(opened.path), `${done.length}.db`);
    const wish = { context: 'sim', command: run.command, nodes: [run.node], params: {}, deadlineMs: 10_000 };
    const events = workspace.runs.start(wish, signal, () => Promise.resolve(path));
    for await (const event of events) if (event.type === 'failed') expect.fail(event.failure.message);
    // It is checked once more before it is known.
    await vi.waitFor(() => expect(workspace.etcdFiles.known.count).toBe(before + 1));
  }
  return undefined;
}

/** Does what is to be done, one step after another, until only waiting is left. */
async function follow(onStep: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  let refused: string | undefined;
  for (let at = 0; at < 12; at++) {
    const { steps } = await look();
    const next = steps.find(({ state, deed, run }) => state === 'now' && (deed ?? run) !== undefined);
    if (next === undefined) return;
    refused = await doStep(next);
    if (refused === undefined) await onStep();
  }
  expect.fail(refused ?? 'it does not come to an end');
}
const well = () =>
  vi.waitFor(async () => expect((await look()).way).toBe('nothing'), { timeout: 5_000, interval: 100 });
async function restart(): Promise<void> {
  await workspace.close();
  workspace = await opened.restart();
  await workspace.nodes('sim').refresh();
  await vi.waitFor(() => expect(workspace.nodes('sim').current.nodes).toHaveLength(simulator.nodes.length));
}

it('says that nothing is wrong while nothing is, and refuses to bootstrap or wipe', async () => {
  await start();

  expect(await look()).toMatchObject({ way: 'nothing', steps: [], unknown: [] });

  for (const deed of ['bootstrap', 'etcd-wipe']) {
    const { machines } = await workspace.deeds.plan({ context: 'sim', deed, nodes: ['cp-1'], params: {} }, signal);
    expect(machines[0]?.refused).toMatch(
      deed === 'bootstrap' ? /etcd runs on it already/ : /has a quorum and lists its member/,
    );
  }
});

it('lost one member: a snapshot first, then the member is removed, and etcd goes on', async () => {
  await start({ endpoints: ['cp-1'] });
  simulator.setNodeFault('cp-3', { kind: 'down' });

  expect((await look()).way).toBe('member');
  await begin();
  await follow();

  expect(done).toEqual(['snapshot', 'remove:member']);
  expect(up()).toEqual(['cp-1', 'cp-2']);
});

it('wrong list after a reinstall: the member of before is removed, and the machine joins by itself', async () => {
  await start();
  simulator.etcd.empty(simulator.node('cp-3'));

  expect(await look()).toMatchObject({ way: 'list' });
  await begin();
  await follow();

  expect(done).toEqual(['snapshot', 'remove:member']);
  await well();
  expect(up()).toEqual(['cp-1', 'cp-2', 'cp-3']);
});

describe('lost quorum with a survivor', () => {
  async function lost(): Promise<void> {
    await start();
    // Two disks are gone, and the machines were installed anew.
    for (const name of ['cp-2', 'cp-3']) simulator.etcd.empty(simulator.node(name));
  }

  it('copies what is left, wipes it, recovers on one machine, and the others join', async () => {
    await lost();
    const view = await look();
    expect(view).toMatchObject({ way: 'survivor' });
    expect(view.steps.map(({ id, state }) => [id.split(':')[0], state])).toEqual([
      ['copy', 'now'],
      ['wipe', 'later'],
      ['choose', 'later'],
      ['bootstrap', 'later'],
      ['well', 'later'],
    ]);

    await begin();
    await follow();

    expect(done).toEqual(['copy:10.5.0.2', 'wipe:10.5.0.2', 'bootstrap:10.5.0.2']);
    expect(simulator.etcd.recoveredFrom?.length).toBeGreaterThan(4096);
    await well();
    expect(up()).toEqual(['cp-1', 'cp-2', 'cp-3']);
  }, 20_000);

  it('goes on after Minos was killed between any two steps', async () => {
    await lost();
    await begin();

    await follow(restart);

    expect(done).toEqual(['copy:10.5.0.2', 'wipe:10.5.0.2', 'bootstrap:10.5.0.2']);
    await well();
  }, 30_000);

  it('does not take a machine that started anew with the data that it had for a wiped one', async () => {
    await lost();
    const node = simulator.node('cp-1');
    vi.spyOn(node, 'reset').mockImplementation((actor) => node.reboot(actor));
    const wish = { context: 'sim', deed: 'etcd-wipe', nodes: ['cp-1'], params: { isLost: true } };
    const { head } = await workspace.deeds.plan(wish, signal);

    await workspace.plans.apply(head?.token ?? '').catch(() => undefined);

    const step = workspace.deeds.journal.state.current.deeds?.[0]?.steps[0];
    expect([step?.stage, step?.text]).toEqual(['failed', expect.stringMatching(/what it had is there still/)]);
  }, 20_000);

  it('wipes nothing that was not copied, unless that is said in so many words', async () => {
    await lost();
    const wipe = (params = {}) =>
      workspace.deeds.plan({ context: 'sim', deed: 'etcd-wipe', nodes: ['cp-1'], params }, signal);

    expect((await wipe()).machines[0]?.refused).toMatch(/was not copied in the last day/);
    const { head, loses, talosctl } = await wipe({ isLost: true });
    expect(talosctl).toMatch(/ reset --graceful=false --reboot --system-labels-to-wipe EPHEMERAL$/);
    expect(head?.effects.join()).toMatch(/no copy of its database is known: what etcd holds there is lost for good/);
    expect(loses?.map(({ name }) => name)).not.toEqual([]);
    // Nor is anything begun beside it.
    const wish = { context: 'sim', deed: 'bootstrap', nodes: ['cp-2'], params: {} };
    expect((await workspace.deeds.plan(wish, signal)).machines[0]?.refused).toMatch(/etcd runs on cp-1 already/);
  });
});

it.each(['etcd-wipe', 'bootstrap'])(
  'killed in the middle of %s, the next Minos sees what came of it',
  async (deed) => {
    await start();
    for (const name of ['cp-2', 'cp-3']) simulator.etcd.empty(simulator.node(name));
    await begin();
    const file = join(dirname(opened.path), 'deeds.ndjson');
    let kept = '';
    // What stands in the journal once it is asked is all that the next one knows.
    await follow(async () => {
      const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
      const begun = lines.findLastIndex((line) => line.includes(`"kind":"${deed}"`));
      const until = lines.findLastIndex((line, at) => at >= begun && line.includes('"stage":"asked"'));
      if (begun >= 0 && kept === '') kept = `${lines.slice(0, until + 1).join('\n')}\n`;
    });
    await workspace.close();
    await writeFile(file, kept);
    await restart();

    const stepOf = () => workspace.deeds.journal.state.current.deeds?.[0]?.steps[0];
    await vi.waitFor(() => expect(stepOf()?.lookUp).toBe('done'), { timeout: 10_000 });
    expect(stepOf()?.stage).toBe('done');
  },
  30_000,
);

it('lost all with a snapshot: it is recovered from the one with the highest revision, and says what is lost', async () => {
  await start();
  await begin();
  const refused = await doStep({
    id: 'snapshot',
    title: '',
    why: '',
    state: 'now',
    run: { command: 'etcd-snapshot', node: '10.5.0.2' },
  });
  expect(refused).toBeUndefined();
  for (const { hex } of simulator.etcd.members) simulator.etcd.remove(hex);
  for (const name of ['cp-1', 'cp-2', 'cp-3']) simulator.etcd.empty(simulator.node(name));

  const view = await look();
  expect(view).toMatchObject({ way: 'snapshot', chosen: view.snapshots[0]?.id });
  expect(view.loses).toMatch(/as it was at revision 120,331 of .* UTC .* All that was changed later is lost/);
  expect(view.steps.find(({ id }) => id.startsWith('bootstrap'))?.talosctl).toMatch(/ bootstrap --recover-from 1\.db$/);
  await follow();

  expect(done).toEqual(['snapshot', 'bootstrap:10.5.0.2']);
  await well();
  expect(up()).toEqual(['cp-1', 'cp-2', 'cp-3']);
  await workspace.etcdFiles.recoveries.end('sim');
  expect((await look()).begunMs).toBeUndefined();
}, 20_000);
