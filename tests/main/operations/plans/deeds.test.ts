import { afterEach, describe, expect, it } from 'vitest';
import { machinesOf } from '../../../../main/operations/plans/machine.ts';
import { Permit } from '../../../../main/operations/plans/permit.ts';
import type { DeedPlan } from '../../../../main/operations/plans/plan.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import type { ConfirmQuestion } from '../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const REBOOT = '/machine.MachineService/Reboot';
const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
let isConfirmed: boolean;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 1 });
  asked = [];
  isConfirmed = true;
  opened = await openWorkspace(simulator.talosconfig, undefined, (question) => {
    asked.push(question);
    return Promise.resolve({ isConfirmed, typed: '' });
  });
  await opened.workspace.nodes('sim').refresh();
}

/** A deed as a later one would be: it reboots the machines named. */
function rebootOf(names: readonly string[], facts: DeedPlan['facts'] = []): DeedPlan {
  const machines = machinesOf(names, opened.workspace.nodes('sim').current.nodes);
  return {
    kind: 'deed',
    risk: 'interrupts',
    what: `Rebooted ${names.join(', ')}`,
    head: { deed: 'Reboot', context: 'sim', file: 'config', certificate: undefined, talosctl: 'talosctl reboot' },
    cluster: 'sim',
    effects: machines.map(({ name }) => `${name} goes away for a minute or two.`),
    machines,
    facts,
    question: { title: 'Reboot?', facts: [], deed: 'Reboot', isDestructive: true },
    call: { method: REBOOT, request: { mode: 'DEFAULT' }, deadlineMs: 5_000 },
    caller: () => opened.workspace.clusters.of('sim'),
  };
}

const reboots = (): readonly (string | undefined)[] =>
  simulator.calls.filter(({ method }) => method === REBOOT).map(({ metadata }) => metadata['node']?.join());
const addressOf = (name: string): string => simulator.node(name).address;

describe('a deed', () => {
  it('is done on the machines named, in their order, after one question, and once', async () => {
    await start();
    const { plans } = opened.workspace;
    const { token, risk, effects } = plans.keep(rebootOf(['cp-2', 'cp-1']));
    expect([risk, effects[0]]).toEqual(['interrupts', 'cp-2 goes away for a minute or two.']);

    const change = await plans.apply(token);

    expect(change).toMatchObject({ what: 'Rebooted cp-2, cp-1', files: [] });
    expect(asked.map(({ title }) => title)).toEqual(['Reboot?']);
    expect(reboots()).toEqual([addressOf('cp-2'), addressOf('cp-1')]);
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'not-found' } });
    await expect(plans.undo(change.id)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('is not done when the user refuses, and may be asked for again', async () => {
    await start();
    const { plans } = opened.workspace;
    const { token } = plans.keep(rebootOf(['cp-1']));
    isConfirmed = false;

    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(reboots()).toEqual([]);

    isConfirmed = true;
    await plans.apply(token);
    expect(reboots()).toEqual([addressOf('cp-1')]);
  });

  it('ends where a fact does not hold any more, and says where it was done', async () => {
    await start();
    const { plans } = opened.workspace;
    // Looked at before the question, before the first machine and before the second one.
    let looks = 0;
    const fact = { what: 'All members are healthy.', holds: () => Promise.resolve((looks += 1) < 3) };
    const { token } = plans.keep(rebootOf(['cp-1', 'cp-2'], [fact]));

    await expect(plans.apply(token)).rejects.toMatchObject({
      failure: {
        code: 'conflict',
        message: 'Ended at cp-2: This is not so any more: All members are healthy. It was done on cp-1.',
      },
    });

    expect(reboots()).toEqual([addressOf('cp-1')]);
    // What was begun is never begun again.
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('that fails on its machine is spent and says why', async () => {
    await start();
    const { plans } = opened.workspace;
    simulator.setNodeFault('worker-01', { kind: 'down' });
    const { token } = plans.keep(rebootOf(['worker-01']));

    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { where: { node: addressOf('worker-01') } } });
    await expect(plans.apply(token)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  });

  it('of no machine cannot be planned', async () => {
    await start();

    expect(() => rebootOf([])).toThrow('No machine was named');
    expect(() => rebootOf(['10.5.0.250'])).toThrow('No machine of this cluster');
  });
});

describe('a permit', () => {
  it('is for one call: the second one is not sent', async () => {
    await start();
    const caller = opened.workspace.clusters.of('sim');
    const [machine] = machinesOf(['cp-1'], opened.workspace.nodes('sim').current.nodes);
    const permit = Permit.give(REBOOT, machine);

    await caller.change(permit, {}, { deadlineMs: 5_000, signal });

    await expect(caller.change(permit, {}, { deadlineMs: 5_000, signal })).rejects.toThrow('was used');
    expect(reboots()).toEqual([addressOf('cp-1')]);
  });

  it('cannot be forged', async () => {
    await start();
    const caller = opened.workspace.clusters.of('sim');
    const forged = Object.create(Permit.prototype) as Permit<typeof REBOOT>;

    await expect(caller.change(forged, {}, { deadlineMs: 5_000, signal })).rejects.toThrow(TypeError);
    expect(reboots()).toEqual([]);
  });
});
