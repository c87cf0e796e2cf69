import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LeastPowerTools } from '../../../../main/operations/clusters/cluster.ts';
import { machineOf } from '../../../../main/operations/plans/machine.ts';
import { Permit } from '../../../../main/operations/plans/permit.ts';
import { readContext } from '../../../../main/operations/talosconfigs/context-reading.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { parseTalosconfig } from '../../../../main/talosconfig/parse-talosconfig.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { testProto } from '../../../fakes/open-workspace.ts';
import { longStream, openClusters, type ClustersBench } from './clusters-harness.ts';

const VERSION = '/machine.MachineService/Version';
const MINUTE_MS = 60_000;

let simulator: Simulator;
/** What takes time on a machine takes so long as it says. */
let machines: FakeClock;
let bench: ClustersBench;

beforeEach(async () => {
  machines = new FakeClock();
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1, clock: machines });
});
afterEach(async () => {
  await bench.clusters.close();
  await simulator.close();
});

const options = (signal = new AbortController().signal) => ({ deadlineMs: 10 * MINUTE_MS, signal });

/** Opens the cluster with least power on. */
async function open(issue?: LeastPowerTools['issue']): Promise<void> {
  const text = await simulator.talosconfigFor({ contextName: 'reader', roles: ['os:reader'] });
  const parsed = parseTalosconfig(text);
  const [raw] = parsed.contexts;
  const made = raw && readContext(raw, { id: 'reader', file: '/reader', fileContext: parsed.current }, Date.now());
  const { identity } = made ?? {};
  const { certificate } = made?.summary ?? {};
  if (identity === undefined || certificate === undefined) throw new Error('no reader was made');
  bench = openClusters(simulator.talosconfig, (clock) => ({
    isOn: () => true,
    issue: issue ?? (() => Promise.resolve({ identity, certificate, endsMs: clock.now() + 60 * MINUTE_MS })),
  }));
}

it('lets what a deed pulls go on for as long as it takes, whatever reads go by meanwhile', async () => {
  await open();
  const { clusters, clock } = bench;
  const cluster = clusters.get('sim');
  await cluster.caller.unary(VERSION, {}, options());
  const worker = { target: 'worker-01', addresses: [], role: 'worker', sources: ['context'] } as const;
  const permit = Permit.give('/machine.MachineService/ImagePull', machineOf('worker-01', [worker]));
  let end: unknown;
  const pull = cluster.caller.change(permit, { namespace: 'NS_CRI', reference: 'docker.io/nginx:1.29' }, options());
  pull.then(
    ({ messages }) => (end = messages.length),
    (error: unknown) => (end = error),
  );
  await expect.poll(() => simulator.calls.some(({ method }) => method.endsWith('/ImagePull'))).toBe(true);

  cluster.power.lift();
  for (let passedMs = 0; passedMs < 90_000; passedMs += 500) {
    clock.advance(500);
    await cluster.caller.unary(VERSION, {}, options());
  }
  expect(end).toBeUndefined();

  await expect
    .poll(
      () => {
        machines.advance(200);
        return end;
      },
      { timeout: 10_000, interval: 10 },
    )
    .toBe(1);
}, 30_000);

it('asks about a stream that waited for the certificate over the way where that runs', async () => {
  await open();
  const { caller } = bench.clusters.get('sim');
  const { reading, ping } = await longStream(caller);

  expect(await ping()).toMatchObject({ state: 'answered' });

  await reading.return?.(undefined);
});

it('lets a call that waits for the certificate be cancelled', async () => {
  await open(() => new Promise(() => undefined));
  const cancelled = new AbortController();
  const call = bench.clusters.get('sim').caller.unary(VERSION, {}, options(cancelled.signal));

  cancelled.abort();

  await expect(call).rejects.toMatchObject({ reason: { kind: 'cancelled' } });
  expect([simulator.calls, simulator.openConnections()]).toEqual([[], 0]);
});
