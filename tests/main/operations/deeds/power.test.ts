import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmQuestion, DeedPreview } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const signal = new AbortController().signal;
/** A machine is away for a moment only. */
const SOON = { downMs: 300, bootMs: 700 };
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
/** What is typed in the window that asks; undefined: what it asks for. */
let typed: string | undefined;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 2, ...options });
  for (const node of simulator.nodes) node.setNextBoot(SOON);
  asked = [];
  typed = undefined;
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked, { typed: () => typed }));
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[], deed = 'reboot', params = {}): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params }, signal);
const apply = (preview: DeedPreview): Promise<unknown> => {
  expect(preview.head).toBeDefined();
  return opened.workspace.plans.apply(preview.head?.token ?? '');
};
const sent = (method: string): readonly string[] =>
  simulator.calls.flatMap((call) =>
    call.method.endsWith(`/${method}`) ? [simulator.node(call.metadata['node']?.join() ?? '').name] : [],
  );
const { newest } = triedDeeds(() => opened);
const underWay = () => opened.workspace.plans.underWay.current.deeds[0];
const failsWith = (code: string) => ({ failure: { code } });

describe('a reboot', () => {
  it('goes one control plane at a time, the leader last after it handed over, then the workers, each once', async () => {
    await start();
    const boots = new Map(simulator.nodes.map(({ name, bootId }) => [name, bootId]));

    const preview = await planned(['worker-01', 'cp-1', 'cp-2']);
    expect(preview.machines.map(({ name, now }) => [name, now])).toEqual([
      ['cp-2', 'control plane, running, v1.13.9'],
      ['cp-1', 'control plane, running, v1.13.9, leads etcd'],
      ['worker-01', 'worker, running, v1.13.9'],
    ]);
    expect(preview.head?.effects).toContain('etcd: 3 of 3 members answer now, 2 while one is away, and 2 are needed.');
    expect(preview.talosctl).toMatch(/ -n 10\.5\.0\.3,10\.5\.0\.2,10\.5\.0\.5 .*reboot$/);
    const away: number[] = [];
    for (const node of simulator.nodes) {
      node.subscribe(() => away.push(simulator.nodes.filter(({ stage }) => stage !== 'running').length));
    }

    await apply(preview);

    expect(sent('Reboot')).toEqual(['cp-2', 'cp-1', 'worker-01']);
    expect(sent('EtcdForfeitLeadership')).toEqual(['cp-1']);
    expect(Math.max(...away)).toBe(1);
    const again = simulator.nodes.filter(({ name, bootId }) => boots.get(name) !== bootId).map(({ name }) => name);
    expect(again).toEqual(['cp-1', 'cp-2', 'worker-01']);
    expect(newest()).toMatchObject({ deed: 'Reboot 3 machines', isOver: true });
    expect(newest()?.steps.map(({ stage, text }) => [stage, text?.replace(/\d+ s/, 'N s')])).toEqual(
      Array(3).fill(['done', 'It has started anew, and is running and ready N s after.']),
    );
  }, 90_000);

  it('is refused for the only control plane, for one of two, and while another is away', async () => {
    await start({ controlPlanes: 1 });
    expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(/only control plane/);
    await opened.close();
    await simulator.close();

    await start({ controlPlanes: 2 });
    expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(
      /etcd would stop: 2 of 2 members answer, and 2 are needed/,
    );
    await opened.close();
    await simulator.close();

    await start();
    simulator.setNodeFault('cp-3', { kind: 'down' });
    await simulator.setEndpointFault('cp-3', { kind: 'refuse' });
    const preview = await planned(['cp-1']);
    expect(preview.machines[0]?.refused).toMatch(/etcd would stop: 2 of 3 members answer, and 2 are needed/);
    expect(preview.head).toBeUndefined();
    expect(sent('Reboot')).toEqual([]);
  }, 90_000);

  it('is refused while the etcd of another one is cut off, and allowed for that one', async () => {
    await start({ controlPlanes: 3 });
    simulator.node('cp-3').setIlls({ isCutOffInEtcd: true });

    expect((await planned(['cp-2'])).machines[0]?.refused).toMatch(
      /etcd would stop: 2 of 3 members answer, and 2 are needed/,
    );
    expect((await planned(['cp-3'])).head?.effects[0]).toBe(
      'etcd: 2 of 3 members answer now, 2 while one is away, and 2 are needed.',
    );
  }, 90_000);

  it('is refused to a certificate that may only read, and needs the name of a cluster in production', async () => {
    await start({ roles: ['os:reader'] });
    expect((await planned(['worker-01'])).refused).toBe(
      'Needs the role os:admin or os:operator; this certificate has os:reader.',
    );
    await opened.close();
    await simulator.close();

    await start();
    const shutdown = await planned(['worker-01'], 'shutdown');
    typed = 'another';
    await expect(apply(shutdown)).rejects.toMatchObject(failsWith('cancelled'));
    expect(asked[0]?.typed).toBe('sim');
    expect(sent('Shutdown')).toEqual([]);
  }, 90_000);

  it('stops the rest when a machine comes back as another one or with another version', async () => {
    await start();
    const cases = [
      ['worker-01', { version: 'v1.12.6' }, /came back with Talos v1\.12\.6, and ran v1\.13\.9/],
      ['worker-02', { as: 'another-identity' }, /another identity in the cluster/],
    ] as const;
    for (const [first, next, words] of cases) {
      simulator.clearCalls();
      simulator.node(first).setNextBoot({ ...SOON, ...next });
      const two = await planned(first === 'worker-01' ? ['worker-01', 'worker-02'] : ['worker-02', 'worker-01']);

      await expect(apply(two)).rejects.toMatchObject({ failure: { message: expect.stringMatching(words) as string } });

      expect(sent('Reboot')).toEqual([first]);
      expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['failed', 'left']);
      simulator.node(first).setNextBoot(SOON);
      await vi.waitFor(() => expect(simulator.node(first).stage).toBe('running'));
    }
  }, 90_000);

  it('whose answer is lost is looked up by the boot id, and never asked again', async () => {
    await start();
    simulator.setNodeFault('worker-01', {
      ...{ kind: 'error', code: 14, text: 'error reading from server: EOF', methods: ['Reboot'] },
    });
    const preview = await planned(['worker-01']);
    const applied = apply(preview);
    await vi.waitFor(() => expect(newest()?.steps[0]?.stage).toBe('tracking'), { timeout: 30_000 });
    simulator.node('worker-01').reboot('somebody');
    await applied;

    expect(sent('Reboot')).toEqual(['worker-01']);
    expect(newest()?.steps[0]).toMatchObject({ stage: 'done' });
  }, 90_000);

  it('pauses, leaves machines out, and stops after the one that is under way, as the user says', async () => {
    await start({ workers: 4 });
    const { plans } = opened.workspace;
    const preview = await planned(['worker-01', 'worker-02', 'worker-03', 'worker-04']);
    const applied = apply(preview);
    applied.catch(() => undefined);
    await vi.waitFor(() => expect(sent('Reboot')).toEqual(['worker-01']), { timeout: 30_000 });
    const id = underWay()?.id ?? '';
    const second = simulator.node('worker-02').address;

    plans.order(id, 'pause', undefined);
    plans.order(id, 'skip', second);
    await vi.waitFor(() => expect(newest()?.steps[0]?.stage).toBe('done'), { timeout: 40_000 });
    expect(underWay()).toMatchObject({ isPaused: true });
    expect(sent('Reboot')).toEqual(['worker-01']);

    plans.order(id, 'resume', undefined);
    await vi.waitFor(() => expect(sent('Reboot')).toEqual(['worker-01', 'worker-03']), { timeout: 30_000 });
    expect(() => plans.order(id, 'skip', second)).toThrow('not waiting');
    plans.order(id, 'stop', undefined);
    await expect(applied).rejects.toMatchObject({
      failure: { code: 'cancelled', message: expect.stringMatching(/It was done on worker-01, worker-03\./) as string },
    });

    expect(sent('Reboot')).toEqual(['worker-01', 'worker-03']);
    expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['done', 'left', 'done', 'left']);
    expect(underWay()).toBeUndefined();
  }, 90_000);

  it('tells a time line of acts, phases and tasks', async () => {
    await start();
    const seen: string[] = [];
    opened.workspace.plans.underWay.subscribe(({ deeds: [deed] }) => {
      for (const { kind, name } of deed?.machines[0]?.marks ?? []) {
        if (!seen.includes(`${kind} ${name}`)) seen.push(`${kind} ${name}`);
      }
    });

    await apply(await planned(['worker-01']));

    expect(seen.filter((mark) => mark.startsWith('act'))).toEqual([
      'act Listens to its events',
      'act Reboot: asks for it',
      'act Waits until it is back',
      'act Waits until the cluster is well',
    ]);
    expect(seen).toContain('phase cleanup');
    // Which of its tasks are heard depends on when its connection goes.
    expect(seen.filter((mark) => mark.startsWith('task'))).not.toEqual([]);
  }, 90_000);
});

describe('a drained reboot', () => {
  it('empties the machine first, says what leaves, and gives it back', async () => {
    await start({ controlPlanes: 1, workers: 2, kubernetesApi: true });
    if (simulator.kubernetes !== undefined) simulator.kubernetes.workload.graceMs = 0;
    const wasCordoned: boolean[] = [];
    const worker = simulator.node('worker-01');
    worker.subscribe((change) => {
      if (change === 'power' && worker.stage === 'off') wasCordoned.push(worker.ills.isCordoned === true);
    });

    const preview = await planned(['worker-01'], 'reboot', { drain: true });
    expect(preview.head?.effects.join(' ')).toMatch(/pods? leaves? worker-01:/);
    await apply(preview);

    expect(wasCordoned).toEqual([true]);
    expect(worker.ills.isCordoned).toBe(false);
    expect(newest()?.steps[0]?.text).toMatch(
      /^\d+ pods left it\. It has started anew.*Kubernetes puts pods on it again\.$/,
    );
    expect(newest()?.talosctl).toMatch(/ reboot --drain$/);
  }, 90_000);

  it('that nobody waits for any more gives the machine back at once', async () => {
    await start({ controlPlanes: 1, workers: 2, kubernetesApi: true });
    const worker = simulator.node('worker-01');
    const workload = simulator.kubernetes?.workload;
    const pod = workload?.on(worker).find(({ controller }) => controller === 'ReplicaSet');
    const preview = await planned(['worker-01'], 'reboot', { drain: true });
    if (pod !== undefined)
      workload?.budgets.push({ namespace: pod.namespace, name: 'all-of-it', app: pod.app, refusals: Infinity });
    const applied = apply(preview);
    applied.catch(() => undefined);
    await vi.waitFor(() => expect(worker.ills.isCordoned).toBe(true), { timeout: 30_000 });

    opened.workspace.plans.order(underWay()?.id ?? '', 'leave', undefined);

    await expect(applied).rejects.toMatchObject(failsWith('cancelled'));
    expect(worker.ills.isCordoned).toBe(false);
    expect(sent('Reboot')).toEqual([]);
    expect(newest()?.steps[0]).toMatchObject({
      stage: 'left',
      text: expect.stringMatching(/Kubernetes puts pods on it again\.$/) as string,
    });
  }, 90_000);
});

describe('a shutdown', () => {
  it('is of one control plane at a time: what is off stays off', async () => {
    await start();
    const preview = await planned(['cp-2', 'cp-3', 'worker-01'], 'shutdown');

    expect(preview.head).toBeUndefined();
    expect(preview.machines.map(({ name, refused }) => [name, refused])).toEqual([
      ['cp-2', undefined],
      ['cp-3', 'It may not go down once cp-2 is off: one control plane at a time.'],
      ['worker-01', undefined],
    ]);
  }, 90_000);

  it('is over once the machine stops everything', async () => {
    await start();
    await apply(await planned(['worker-01'], 'shutdown'));

    expect(sent('Shutdown')).toEqual(['worker-01']);
    expect(newest()?.steps[0]).toMatchObject({
      stage: 'done',
      text: expect.stringMatching(/whether it is off cannot be seen/) as string,
    });
    expect(newest()?.talosctl).toMatch(/ shutdown$/);
  }, 90_000);
});
