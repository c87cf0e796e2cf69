import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeedPreview, Rehearsal } from '../../../../../preload/contract/index.ts';
import type { Observable } from '../../../../../main/lib/observable.ts';
import type { ClusterShape, StartRehearsal } from '../../../../../main/operations/deeds/rehearsal/shape.ts';
import { startRehearsal } from '../../../../../main/simulator/rehearsal.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import { methodOf } from '../../../../../main/talos/methods.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';

let simulator: Simulator;
let opened: TestWorkspace;
let temporary: string;
/** What was simulated. */
let shapes: ClusterShape[];
/** Makes another cluster of it than the real one is. */
let twist: (shape: ClusterShape) => ClusterShape;
let watching: AbortController;
const before = process.env['TMPDIR'];

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'minos-test-'));
  process.env['TMPDIR'] = temporary;
  shapes = [];
  twist = (shape) => shape;
  watching = new AbortController();
});

afterEach(async () => {
  watching.abort();
  await opened.close();
  await simulator.close();
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  rmSync(temporary, { recursive: true });
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 2, ...options });
  const rehearse: StartRehearsal = (shape, place) => {
    shapes.push(shape);
    return startRehearsal(twist(shape), place);
  };
  opened = await openWorkspace(simulator.talosconfig, undefined, undefined, undefined, undefined, rehearse);
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[], deed = 'reboot', params = {}): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params }, watching.signal);

function begin(preview: DeedPreview): Observable<Rehearsal> {
  expect(preview.machines.map(({ refused }) => refused)).toEqual(preview.machines.map(() => undefined));
  expect(preview.refused).toBeUndefined();
  return opened.workspace.deeds.rehearse(preview.head?.token ?? '', watching.signal);
}

async function over(rehearsal: Observable<Rehearsal>): Promise<Rehearsal> {
  await vi.waitFor(() => expect(rehearsal.current.stage).toBe('over'), { timeout: 60_000, interval: 20 });
  return rehearsal.current;
}

/** What was asked of the real cluster and changes something. */
const changing = (): readonly string[] =>
  simulator.calls
    .map(({ method }) => method)
    .filter((method) => methodOf(method)?.safety !== 'read' && methodOf(method)?.issues !== true);

/** Folders and ports that are open at the moment. */
const folders = (): readonly string[] => readdirSync(temporary).filter((name) => name.startsWith('minos-rehearsal-'));
const ports = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

/** What kinds of deeds hang on beside names, roles and versions. */
const SHAPED: Readonly<Record<string, object>> = {
  reset: { disks: [{ name: 'nvme0n1' }, { name: 'sdb', bytes: 4e12, content: 'xfs', label: 'data' }] },
  rollback: { version: 'v1.13.9', otherSlot: 'v1.13.8' },
  reboot: { pods: expect.arrayContaining([expect.objectContaining({ isUnmanaged: false })]) as unknown },
};

describe('a rehearsal', () => {
  it('of a rolling reboot tells who is when and for how long, and leaves the cluster and the journal alone', async () => {
    await start();
    simulator.etcd.lead(simulator.node('cp-2'));
    const preview = await planned(['worker-01', 'cp-1', 'cp-2', 'cp-3', 'worker-02']);
    const boots = simulator.nodes.map(({ bootId }) => bootId);
    const open = ports();

    const told = await over(begin(preview));

    expect(told.failure).toBeUndefined();
    expect(told.machines.map(({ node, name, state }) => [node, name, state])).toEqual(
      preview.machines.map(({ node, name }) => [node, name, 'done']),
    );
    expect(told.machines.map(({ name }) => name)).toEqual(['cp-1', 'cp-3', 'cp-2', 'worker-01', 'worker-02']);
    const [first, , leader] = told.machines;
    expect(leader?.steps.map(({ name }) => name)).toEqual([
      'Looks who leads etcd',
      'Hands over the leadership of etcd',
      'Listens to its events',
      'Reboot: asks for it',
      'Waits until it is back',
      'Waits until the cluster is well',
    ]);
    expect(first?.steps.map(({ expectedMs }) => expectedMs / 1000)).toEqual([2, 2, 2, 240, 60]);
    expect(told.machines.map(({ fromMs = NaN }) => fromMs / 1000)).toEqual([0, 306, 612, 920, 1224]);
    expect(told).toMatchObject({ stage: 'over', simulated: 5, expectedMs: 1_528_000 });
    expect(shapes[0]?.machines.map(({ name, address, version }) => [name, address, version])).toEqual(
      simulator.nodes.map(({ name, address, version }) => [name, address, version]),
    );
    expect(changing()).toEqual([]);
    expect(simulator.nodes.map(({ bootId }) => bootId)).toEqual(boots);
    expect(opened.workspace.deeds.journal.state.current.deeds ?? []).toEqual([]);
    expect(existsSync(join(dirname(opened.path), 'deeds.ndjson'))).toBe(false);
    expect(opened.workspace.talosconfig.state.current.contexts.map(({ id }) => id)).toEqual(['sim']);
    expect(opened.workspace.plans.underWay.current.deeds).toEqual([]);
    expect(folders()).toEqual([]);
    expect(ports()).toBe(open);
    // The plan itself still waits.
    expect(opened.workspace.plans.get(preview.head?.token ?? '').kind).toBe('deed');
  }, 60_000);

  it('takes how long steps take from what was done before, where something was', async () => {
    await start({ controlPlanes: 1, workers: 2 });
    for (const node of simulator.nodes) node.setNextBoot({ downMs: 200, bootMs: 300 });
    const done = await planned(['worker-01']);
    await opened.workspace.plans.apply(done.head?.token ?? '');
    simulator.clearCalls();

    const told = await over(begin(await planned(['worker-02'])));

    expect(told).toMatchObject({ measured: 1, machines: [{ name: 'worker-02', state: 'done' }] });
    // The machine of before was back within seconds; the estimate is minutes.
    expect(told.expectedMs).toBeLessThan(60_000);
    expect(changing()).toEqual([]);
  }, 60_000);

  it('that is cancelled leaves no port, no folder and no deed behind', async () => {
    await start();
    const open = ports();
    const rehearsal = begin(await planned(['cp-1', 'cp-2', 'cp-3']));
    await vi.waitFor(
      () => expect(rehearsal.current.machines.some(({ state }) => state === 'doing')).toBe(true),
      20_000,
    );
    expect(folders()).toHaveLength(1);
    expect(ports()).toBeGreaterThan(open);

    watching.abort();
    await opened.workspace.deeds.rehearsals.close();

    expect(folders()).toEqual([]);
    expect(ports()).toBe(open);
    expect(changing()).toEqual([]);
  }, 60_000);

  it.each([
    ['shutdown', {}, 'Waits until it stops'],
    ['upgrade', { image: 'ghcr.io/siderolabs/installer:v1.14.0' }, 'Installs the new version'],
    ['rollback', {}, 'Waits until it is back'],
    ['reset', { mode: 'all', graceful: true, disks: '/dev/sdb' }, 'Waits until it stops'],
    ['service', { service: 'kubelet', action: 'restart' }, 'Looks how it is'],
    ['reboot', { drain: true }, 'Drains it'],
  ])(
    'of a %s goes to its end',
    async (deed, params, step) => {
      await start({ kubernetesApi: true });
      const disk = { name: 'sdb', bytes: 4e12, model: 'WDC', serial: '1', content: 'xfs', label: 'data' };
      simulator.node('worker-02').machine.setMoreDisks([disk]);

      const told = await over(begin(await planned(['worker-02'], deed, params)));

      expect(told.failure).toBeUndefined();
      expect(told.machines.map(({ name, state }) => [name, state])).toEqual([['worker-02', 'done']]);
      expect(told.machines[0]?.steps.map(({ name }) => name)).toContain(step);
      expect(shapes[0]?.machines.find(({ name }) => name === 'worker-02')).toMatchObject(SHAPED[deed] ?? {});
      expect(changing()).toEqual([]);
      expect(simulator.kubernetes?.changes).toEqual([]);
    },
    60_000,
  );

  it('that cannot read how the cluster is says why', async () => {
    await start();
    const preview = await planned(['worker-02'], 'reset', { mode: 'all', graceful: false });
    simulator.setNodeFault('worker-02', { kind: 'down' });

    const told = await over(begin(preview));

    expect(told.failure).toMatchObject({ code: 'unreachable' });
    expect(shapes).toEqual([]);
  }, 60_000);

  it('that cannot go on says where', async () => {
    await start();
    twist = (shape) => ({
      ...shape,
      machines: shape.machines.map((machine) =>
        machine.name === 'worker-02' ? { ...machine, isAway: true } : machine,
      ),
    });

    const told = await over(begin(await planned(['worker-01', 'worker-02'])));

    expect(told.failure?.message).toMatch(/^On the simulated cluster the plan is refused\. worker-02: /);
    expect(told.expectedMs).toBeUndefined();
    expect(folders()).toEqual([]);
  }, 60_000);

  it('is for deeds that the simulator does, and for one plan at a time', async () => {
    await start();
    const meta = await planned(['worker-01'], 'meta-write', { key: '12', value: 'x' });
    expect(() => begin(meta)).toThrow('This kind of deed cannot be rehearsed.');
    const reboot = await planned(['worker-01']);
    begin(reboot);
    expect(() => begin(reboot)).toThrow('Another plan is being rehearsed.');
    expect(() => opened.workspace.deeds.rehearse('an old one', watching.signal)).toThrow();
  }, 60_000);
});
