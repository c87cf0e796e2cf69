import { expect, it } from 'vitest';
import { lookAt } from '../../../../main/operations/deeds/power/machine-look.ts';
import { planPower } from '../../../../main/operations/deeds/power/power-plan.ts';
import { Tracker } from '../../../../main/operations/deeds/power/tracker.ts';
import { machinesOf } from '../../../../main/operations/plans/machine.ts';
import type { ActTools } from '../../../../main/operations/plans/plan.ts';
import type { PoolStatus } from '../../../../preload/contract/index.ts';
import { NO_CONFIGS, NO_SNAPSHOTS } from '../../../fakes/no-configs.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { ModelCluster } from './model/model-cluster.ts';

const { signal } = new AbortController();
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const tools: ActTools = {
  ...{ signal, tell: () => undefined, mark: () => undefined, pauses: () => Promise.resolve('stop') },
  offers: () => Promise.resolve(undefined),
};

/** A worker of which a role that may not read its boot id is told, and what watches it after a call whose answer was lost. */
async function watched() {
  const clock = new FakeClock();
  const cluster = new ModelCluster(clock, 1, 1);
  cluster.mayRead = false;
  const [machine] = machinesOf(['worker-0'], cluster.nodes);
  const caller = () => cluster.caller;
  const before = await lookAt(caller(), { node: machine.node, signal });
  const tracker = new Tracker({ machine, caller, clock, before, versionAfter: undefined });
  await tracker.begin(tools);
  const said = tracker
    .back(tools)
    .catch((error: unknown) => (error instanceof Error ? error.message : ''))
    .finally(() => void tracker.end());
  const passes = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) {
      await settled();
      clock.advance(2_000);
    }
  };
  return { cluster, machine: cluster.of(machine.node), said, passes };
}

it('a clock that was set is not taken for a boot where only its time is told', async () => {
  const { cluster, said, passes } = await watched();
  cluster.clockSetS = 600;
  await passes(40);

  expect(await said).toBe('worker-0 runs as it did before, and nothing shows that it was asked.');
});

it('a boot is known by its time once the machine was away', async () => {
  const { machine, said, passes } = await watched();
  machine.isAway = true;
  await passes(3);
  machine.isAway = false;
  machine.boots += 1;
  await passes(3);

  expect(await said).toMatch(/^It has started anew, and is running and ready \d+ s after\.$/);
});

it('a certificate must outlast each control plane, however many workers go at once', async () => {
  const clock = new FakeClock();
  const cluster = new ModelCluster(clock, 3, 1);
  const { preview, plan } = await planPower(
    { deed: 'reboot', mode: 'default', drains: false, workersAtOnce: 10 },
    {
      ...{ caller: () => cluster.caller, clock, nodes: () => cluster.nodes, isProduction: false, signal },
      pool: () => ({ context: '', endpoints: [], summary: 'ready', hints: [] }),
      machines: machinesOf(
        cluster.nodes.map(({ target }) => target),
        cluster.nodes,
      ),
      place: { context: 'model', file: 'config', certificate: undefined, cluster: 'model' },
      certificateEndsMs: clock.now() + 25 * 60_000,
      drains: () => {
        throw new Error('nothing is drained');
      },
      ...{ configs: NO_CONFIGS, snapshots: NO_SNAPSHOTS },
      ...{ whyWait: () => undefined, hold: () => () => undefined, done: () => [] },
    },
  );

  expect(preview.refused).toMatch(/ends too soon: this may take 40 minutes/);
  expect(plan).toBeUndefined();
});

it('a control plane that is the only endpoint goes after the others, and the name of the cluster is typed', async () => {
  const clock = new FakeClock();
  const cluster = new ModelCluster(clock, 3, 1);
  const endpoint = { endpoint: '10.0.0.1:50000' } as unknown as PoolStatus['endpoints'][number];
  const planned = (endpoints: readonly string[]) =>
    planPower(
      { deed: 'reboot', mode: 'default', drains: false, workersAtOnce: 1 },
      {
        ...{ caller: () => cluster.caller, clock, nodes: () => cluster.nodes, isProduction: false, signal },
        pool: () => ({
          ...{ context: '', summary: 'ready', hints: [] },
          endpoints: endpoints.map((each) => ({ ...endpoint, endpoint: each })),
        }),
        machines: machinesOf(['cp-1', 'cp-2', 'worker-0'], cluster.nodes),
        place: { context: 'model', file: 'config', certificate: undefined, cluster: 'model' },
        certificateEndsMs: undefined,
        drains: () => {
          throw new Error('nothing is drained');
        },
        ...{ configs: NO_CONFIGS, snapshots: NO_SNAPSHOTS },
        ...{ whyWait: () => undefined, hold: () => () => undefined, done: () => [] },
      },
    );
  const alone = await planned(['10.0.0.1:50000']);
  expect(alone.plan?.machines.map(({ name }) => name)).toEqual(['cp-2', 'cp-1', 'worker-0']);
  expect(alone.plan?.effects.join(' ')).toContain('You are connected through cp-1 alone');
  expect(alone.plan?.question.typed).toBe('model');

  const beside = await planned(['10.0.0.1:50000', '10.0.0.0:50000']);
  expect(beside.plan?.machines.map(({ name }) => name)).toEqual(['cp-2', 'cp-1', 'worker-0']);
  expect(beside.plan?.question.typed).toBeUndefined();
});
