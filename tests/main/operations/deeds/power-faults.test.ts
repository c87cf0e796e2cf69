import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import type { DeedPreview, DeedProgress } from '../../../../preload/contract/index.ts';
import { JumpClock } from '../../../fakes/jump-clock.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { triedDeeds } from '../../../fakes/tried-deeds.ts';

const { signal } = new AbortController();
const SOON = { downMs: 200, bootMs: 300 };
const MINUTE_MS = 60_000;
const SOON_ENOUGH = { timeout: 30_000 };
let simulator: Simulator;
let opened: TestWorkspace;
let clock: JumpClock;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2, ...options });
  for (const node of simulator.nodes) node.setNextBoot(SOON);
  clock = new JumpClock();
  opened = await openWorkspace(simulator.talosconfig, undefined, undefined, undefined, clock);
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[], params = {}): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed: 'reboot', params }, signal);

/** Begins a reboot; how it ends is asked of what this returns. */
async function begin(nodes: readonly string[], params = {}): Promise<{ readonly end: Promise<unknown> }> {
  const { head } = await planned(nodes, params);
  const end = opened.workspace.plans.apply(head?.token ?? expect.fail('it was not planned'));
  end.catch(() => undefined);
  return { end };
}

const reboots = (): number => simulator.calls.filter(({ method }) => method.endsWith('/Reboot')).length;
const { newest } = triedDeeds(() => opened);
const underWay = (): DeedProgress | undefined => opened.workspace.plans.underWay.current.deeds[0];
const paused = (): Promise<string> =>
  vi.waitFor(() => {
    expect(underWay()?.isPaused).toBe(true);
    return underWay()?.why ?? '';
  }, SOON_ENOUGH);
const order = (what: 'resume' | 'stop'): void => opened.workspace.plans.order(newest()?.id ?? '', what, undefined);

it('a drain that a budget never lets end pauses, waits as long again when told so, and gives the machine back when stopped', async () => {
  await start({ kubernetesApi: true });
  const worker = simulator.node('worker-01');
  const workload = simulator.kubernetes?.workload;
  const pod = workload?.on(worker).find(({ controller }) => controller === 'ReplicaSet') ?? expect.fail('no pod');
  if (workload !== undefined) workload.graceMs = 0;
  const preview = await planned(['worker-01'], { drain: true });
  // Only now: a budget that forbids it for good would have refused the plan.
  workload?.budgets.push({ namespace: pod.namespace, name: 'all-of-it', app: pod.app, refusals: Infinity });
  const end = opened.workspace.plans.apply(preview.head?.token ?? '');
  end.catch(() => undefined);
  const isHeld = () =>
    vi.waitFor(() => expect(underWay()?.machines[0]?.told).toMatch(/waits: .*all-of-it/), SOON_ENOUGH);
  await isHeld();

  clock.jump(5 * MINUTE_MS);
  expect(await paused()).toMatch(new RegExp(`${pod.name}|Held by the budget ${pod.namespace}/all-of-it`));
  order('resume');
  await vi.waitFor(() => expect(underWay()?.isPaused).toBe(false), SOON_ENOUGH);
  await isHeld();
  clock.jump(5 * MINUTE_MS);
  await paused();
  order('stop');

  await expect(end).rejects.toMatchObject({ failure: { code: 'precondition' } });
  expect(newest()?.steps[0]).toMatchObject({
    stage: 'left',
    text: expect.stringMatching(/Kubernetes puts pods on it again\.$/) as string,
  });
  expect([worker.ills.isCordoned, reboots()]).toEqual([false, 0]);

  // No machine was asked: the same plan may be applied again, and comes to Kubernetes once more.
  workload?.budgets.pop();
  await opened.workspace.plans.apply(preview.head?.token ?? '');
  expect([worker.ills.isCordoned, reboots()]).toEqual([false, 1]);
}, 60_000);

it('a machine that is back while the API server is down stays cordoned in the end, and that is said', async () => {
  await start({ kubernetesApi: true });
  if (simulator.kubernetes !== undefined) simulator.kubernetes.workload.graceMs = 0;
  const worker = simulator.node('worker-01');
  const { end } = await begin(['worker-01'], { drain: true });
  await vi.waitFor(() => expect(reboots()).toBe(1), SOON_ENOUGH);
  await simulator.kubernetes?.setFault('refuse');
  await vi.waitFor(() => {
    expect(underWay()?.machines[0]?.marks.at(-1)?.name).toBe('Gives it back to Kubernetes');
    expect(worker.stage).toBe('running');
  }, SOON_ENOUGH);

  clock.jump(6 * MINUTE_MS);

  await expect(end).rejects.toMatchObject({ failure: { code: 'precondition' } });
  expect(newest()?.steps[0]?.text).toMatch(/kubectl uncordon|stays cordoned|still be cordoned/);
  expect([worker.ills.isCordoned, reboots()]).toEqual([true, 1]);
}, 60_000);

it('a machine that never comes back ends the deed after half an hour, and the others are left', async () => {
  await start();
  simulator.node('worker-01').setNextBoot({ ...SOON, as: 'never' });
  const { end } = await begin(['worker-01', 'worker-02']);
  await vi.waitFor(() => expect(underWay()?.machines[0]?.told).toMatch(/^Not reached/), SOON_ENOUGH);

  clock.jump(31 * MINUTE_MS);

  await expect(end).rejects.toMatchObject({
    failure: { message: expect.stringMatching(/did not come back within 30 minutes\. Last seen: /) as string },
  });
  expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['failed', 'left']);
  expect(reboots()).toBe(1);
}, 60_000);

it('a machine that comes back into maintenance mode ends the deed once that lasts', async () => {
  await start();
  simulator.node('worker-01').setNextBoot({ ...SOON, as: 'maintenance' });
  const { end } = await begin(['worker-01', 'worker-02']);
  await vi.waitFor(() => expect(simulator.node('worker-01').fault?.kind).toBe('maintenance'), SOON_ENOUGH);
  const isOver = vi.fn();
  end.catch(isOver);
  // It is looked at every two seconds, and not trusted at the first look.
  for (let turn = 0; turn < 60 && isOver.mock.calls.length === 0; turn += 1) {
    clock.jump(2_000);
    await new Promise((resolve) => setImmediate(resolve));
    await opened.workspace.nodes('sim').refresh();
  }

  await expect(end).rejects.toMatchObject({
    failure: { message: expect.stringMatching(/in maintenance mode, or another machine/) as string },
  });
  expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['failed', 'left']);
}, 60_000);

it('its events are cut at every phase, and it is watched to its end all the same', async () => {
  await start();
  const worker = simulator.node('worker-01');
  worker.setNextBoot({ downMs: 1_500, bootMs: 300 });
  let cuts = 0;
  let phases = 0;
  worker.events.subscribe(() => {
    const begun = worker.events.list().filter(({ type }) => type === 'machine.PhaseEvent').length;
    if (begun === phases) return;
    phases = begun;
    cuts += 1;
    setImmediate(() => worker.restartApid(10));
  });

  const { end } = await begin(['worker-01']);
  await end;

  expect(cuts).toBeGreaterThan(5);
  expect(reboots()).toBe(1);
  expect(newest()?.steps[0]).toMatchObject({ stage: 'done' });
}, 60_000);

it('the only endpoint is rebooted itself, and watched over the silence until it is back', async () => {
  await start({ controlPlanes: 3, workers: 0, endpoints: ['cp-2'] });
  // Longer than from one look to the next; a call waits so long for an endpoint, so that no look fails for sure.
  simulator.node('cp-2').setNextBoot({ downMs: 3_000, bootMs: 300 });
  const told = new Set<string>();
  opened.workspace.plans.underWay.subscribe(({ deeds }) => told.add(deeds[0]?.machines[0]?.told ?? ''));

  const { end } = await begin(['cp-2']);
  await end;

  expect([...told].join('\n')).toMatch(/^(It has not started anew yet|Not reached)/m);
  expect(newest()?.steps[0]).toMatchObject({ stage: 'done' });
  expect(reboots()).toBe(1);
}, 60_000);

it('a renamed context is followed; other endpoints, and one that is gone, pause it until the user says so', async () => {
  await start({ controlPlanes: 2, workers: 4 });
  const text = await readFile(opened.path, 'utf8');
  const { talosconfig } = opened.workspace;
  const change = async (to: string): Promise<void> => {
    await writeFile(opened.path, to);
    await talosconfig.reload();
  };
  const isAsked = (count: number) => vi.waitFor(() => expect(reboots()).toBe(count), SOON_ENOUGH);
  const { end } = await begin(['worker-01', 'worker-02', 'worker-03', 'worker-04']);
  await isAsked(1);
  const renamed = text.replace(/^context: sim$/m, 'context: other').replace(/^ {4}sim:$/m, '    other:');
  await change(renamed);
  await isAsked(2);

  // One endpoint fewer.
  await change(renamed.replace(/(endpoints:\n)\s+- .*\n/, '$1'));
  expect(await paused()).toBe('The endpoints of its context were changed. Look at them, then let it go on.');
  expect(reboots()).toBe(2);
  order('resume');
  await isAsked(3);

  await change('context: none\ncontexts: {}\n');
  expect(await paused()).toMatch(/^Its context is gone: .* Put it back, or stop\.$/);
  await change(renamed);
  order('resume');
  await end;

  expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['done', 'done', 'done', 'done']);
  expect(reboots()).toBe(4);
}, 90_000);
