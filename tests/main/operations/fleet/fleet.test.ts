import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { talosconfigText } from '../../../../main/simulator/cluster/talosconfig-text.ts';
import { systemClock } from '../../../../main/lib/clock.ts';
import { Fleet } from '../../../../main/operations/fleet/fleet.ts';
import type { FleetRow } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const SOON = { timeout: 15_000, interval: 50 };

const simulators: Simulator[] = [];
let opened: TestWorkspace;
let stop: (() => void) | undefined;

afterEach(async () => {
  stop?.();
  stop = undefined;
  await opened.close();
  for (const simulator of simulators.splice(0)) await simulator.close();
});

async function fleetOf(...names: readonly string[]) {
  const contexts = [];
  for (const [index, name] of names.entries()) {
    const version = `v1.13.${index + 1}`;
    const simulator = await startSimulator({ proto: testProto(), name, version, controlPlanes: 1 + index, workers: 1 });
    simulators.push(simulator);
    contexts.push(await simulator.contextFor({}));
  }
  opened = await openWorkspace(talosconfigText(contexts));
  const { fleet } = opened.workspace;
  const row = (name: string): FleetRow | undefined => fleet.current.rows.find((one) => one.name === name);
  return { fleet, row, simulators };
}

describe('the fleet', () => {
  it('has a row per context before anything was asked, and asks only when somebody looks', async () => {
    const {
      fleet,
      simulators: [one],
    } = await fleetOf('red', 'blue');
    expect(fleet.current.rows.map(({ name, state, nodes }) => [name, state, nodes])).toEqual([
      ['red', 'unchecked', undefined],
      ['blue', 'unchecked', undefined],
    ]);
    expect(one!.calls).toEqual([]);

    // A window that is hidden is nobody who looks.
    const { clusters, talosconfig } = opened.workspace;
    const clock = new FakeClock();
    const hidden = new Fleet({ talosconfig: talosconfig.state, clusters, clock, isSeen: () => false });
    stop = hidden.subscribe(() => undefined);
    clock.advance(600_000);
    await settled();
    expect(hidden.current.rows.map(({ state }) => state)).toEqual(['unchecked', 'unchecked']);
    expect([one!.calls.length, one!.openConnections()]).toEqual([0, 0]);
  });

  it('never mixes two clusters: each row is of its own nodes, versions and endpoints', async () => {
    const {
      fleet,
      row,
      simulators: [red, blue],
    } = await fleetOf('red', 'blue');
    blue!.setNodeFault('worker-01', { kind: 'down' });
    stop = fleet.subscribe(() => undefined);
    await expect.poll(() => [row('red')?.state, row('blue')?.state], SOON).toEqual(['up', 'attention']);
    expect(row('red')).toMatchObject({
      nodes: { up: 2, asked: 2, known: 2 },
      talosVersions: [{ version: 'v1.13.1', count: 2 }],
      endpoints: red!.endpoints.map(({ target }) => ({ endpoint: target, state: 'up' })),
      attention: { count: 0 },
      // Endpoints renew theirs every day by themselves.
      earliestExpiry: { of: 'client' },
    });
    expect(row('blue')).toMatchObject({
      nodes: { up: 2, asked: 3, known: 3 },
      talosVersions: [{ version: 'v1.13.2', count: 3 }],
      endpoints: blue!.endpoints.map(({ target }) => ({ endpoint: target, state: 'up' })),
      attention: { count: 1, worst: 'worker-01 is not reached' },
    });
    expect(fleet.current.check).toBeUndefined();
  });

  it('leaves no connection behind, and says of a cluster that does not answer that it is down', async () => {
    const {
      fleet,
      row,
      simulators: [red, blue],
    } = await fleetOf('red', 'blue');
    for (const { target } of blue!.endpoints) await blue!.setEndpointFault(target, { kind: 'black-hole' });
    const beganMs = Date.now();
    stop = fleet.subscribe(() => undefined);
    await expect.poll(() => row('blue')?.state, SOON).toBe('down');
    expect(row('blue')).toMatchObject({ nodes: { up: 0 }, failure: { message: expect.any(String) as string } });
    expect(row('blue')!.atMs! - beganMs).toBeLessThan(4_500);
    expect(row('red')?.state).toBe('up');
    await expect.poll(() => red!.openConnections(), SOON).toBe(0);
  });

  it('calls no cluster down for what this computer was too busy to hear, and looks again', async () => {
    const {
      simulators: [red],
    } = await fleetOf('red');
    const { clusters, talosconfig } = opened.workspace;
    let heldUpMs = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + heldUpMs };
    const fleet = new Fleet({ talosconfig: talosconfig.state, clusters, clock, isSeen: () => true });
    const states = new Set<string>();
    for (const { target } of red!.endpoints) await red!.setEndpointFault(target, { kind: 'black-hole' });
    stop = fleet.subscribe(({ rows }) => rows.forEach(({ state }) => states.add(state)));
    await expect.poll(() => states.has('checking'), SOON).toBe(true);
    heldUpMs = 4_000;
    await red!.clearFaults();
    await expect.poll(() => fleet.current.rows[0]?.state, SOON).toBe('up');
    expect([...states]).not.toContain('down');
    expect(fleet.current.check).toBeUndefined();
  });

  it('gives a look its 3 s without what this computer was late meanwhile', async () => {
    const {
      simulators: [red],
    } = await fleetOf('red');
    const { clusters, talosconfig } = opened.workspace;
    for (const { target } of red!.endpoints) await red!.setEndpointFault(target, { kind: 'black-hole' });
    const fake = new FakeClock();
    let lateMs = 0;
    const clock = { now: fake.now, after: fake.after, monotonic: () => fake.monotonic() + lateMs };
    const fleet = new Fleet({ talosconfig: talosconfig.state, clusters, clock, isSeen: () => true });
    stop = fleet.subscribe(() => undefined);
    const state = (): string | undefined => fleet.current.rows[0]?.state;
    await expect.poll(state, SOON).toBe('checking');
    lateMs = 1_000;
    fake.advance(2_500);
    await settled();
    expect(state()).toBe('checking');
    fake.advance(600);
    await expect.poll(state, SOON).toBe('down');
    stop();
    expect(fake.active).toBe(0);
  });

  it('asks nobody any more once the app ends', async () => {
    const { fleet } = await fleetOf('red', 'blue');
    const { workspace } = opened;
    stop = fleet.subscribe(() => undefined);
    await workspace.close();
    const open = (): readonly number[] => simulators.map((one) => one.openConnections());
    await expect.poll(open, SOON).toEqual([0, 0]);
    const calls = simulators.map((one) => one.calls.length);

    expect(() => workspace.clusters.get(workspace.talosconfig.all[0]!.summary.id)).toThrow('ending');
    fleet.check();
    await expect.poll(() => fleet.current.check, SOON).toBeUndefined();
    expect([simulators.map((one) => one.calls.length), open()]).toEqual([calls, [0, 0]]);
  });

  it('keeps what was found when a check is stopped', async () => {
    const { fleet, row } = await fleetOf('red');
    stop = fleet.subscribe(() => undefined);
    await expect.poll(() => row('red')?.state, SOON).toBe('up');
    const { atMs } = row('red')!;
    fleet.check();
    expect(fleet.current.check).toEqual({ done: 0, total: 1 });
    fleet.stop();
    await expect.poll(() => row('red')?.state, SOON).toBe('up');
    expect(row('red')?.atMs).toBe(atMs);
    expect(fleet.current.check).toBeUndefined();
  });
});
