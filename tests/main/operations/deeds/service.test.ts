import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmQuestion, DeedPreview, ServiceAction } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
/** What happens while the question is open. */
let meanwhile: () => void;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2 });
  asked = [];
  meanwhile = () => undefined;
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked, { meanwhile: () => meanwhile() }));
  await opened.workspace.nodes('sim').refresh();
}

const planned = (service: string, action: ServiceAction, nodes: readonly string[]): Promise<DeedPreview> =>
  opened.workspace.deeds.plan(
    { context: 'sim', nodes: [...nodes], deed: 'service', params: { service, action } },
    signal,
  );
const changes = (): readonly string[] =>
  simulator.calls.flatMap(({ method, metadata }) =>
    /Service(Start|Stop|Restart)$/.test(method)
      ? [`${method.split('/').at(-1) ?? ''} ${metadata['node']?.join() ?? ''}`]
      : [],
  );
const { newest } = triedDeeds(() => opened);
const addressOf = (name: string): string => simulator.node(name).address;
const tokenOf = ({ head }: DeedPreview): string => head?.token ?? '';

describe('a service', () => {
  it('is restarted on the machines named, one after another, once it was confirmed, and all of it is written down', async () => {
    await start();

    const preview = await planned('kubelet', 'restart', ['worker-02', 'worker-01']);
    expect(preview).toMatchObject({
      deed: 'Restart “kubelet” on 2 machines',
      machines: [
        { name: 'worker-02', now: 'Running, healthy' },
        { name: 'worker-01', now: 'Running, healthy' },
      ],
      talosctl: expect.stringMatching(/ -n 10\.5\.0\.4,10\.5\.0\.3 .*service kubelet restart$/) as string,
      head: { risk: 'interrupts' },
    });
    expect(changes()).toEqual([]);
    await opened.workspace.plans.apply(tokenOf(preview));

    expect(changes()).toEqual([`ServiceRestart ${addressOf('worker-02')}`, `ServiceRestart ${addressOf('worker-01')}`]);
    expect(asked.map(({ deed, names }) => [deed, names?.items])).toEqual([
      ['Restart “kubelet” on 2 machines', ['worker-02 (10.5.0.4)', 'worker-01 (10.5.0.3)']],
    ]);
    expect(newest()).toMatchObject({
      deed: 'Restart “kubelet” on 2 machines',
      context: 'sim',
      isOver: true,
      steps: [
        {
          name: 'worker-02',
          stage: 'done',
          text: expect.stringMatching(/^It is Running, healthy, \d+ s after\.$/) as string,
        },
        { name: 'worker-01', stage: 'done' },
      ],
    });
  });

  it('that nobody may touch, that is not there, or that is so already has a reason and no plan', async () => {
    await start();

    expect(await planned('etcd', 'restart', ['cp-1'])).toMatchObject({
      refused:
        'Talos lets nobody restart “etcd” over its API. It can start and restart the kubelet, and start, stop and restart extension services (ext-…).',
    });
    expect(await planned('kubelet', 'stop', ['cp-1'])).toMatchObject({
      refused: expect.stringContaining('lets nobody stop') as string,
    });
    expect((await planned('ext-none', 'stop', ['cp-1'])).machines).toMatchObject([
      { refused: 'It has no service “ext-none”.' },
    ]);
    const running = await planned('kubelet', 'start', ['cp-1', 'worker-01']);
    expect(running.machines.map(({ refused }) => refused)).toEqual(
      Array(2).fill('It runs already, so nothing would change.'),
    );
    expect(running.head).toBeUndefined();
  });

  it('is not touched on a machine that does not answer, nor on any other then', async () => {
    await start();
    simulator.setNodeFault('worker-01', { kind: 'down' });

    const preview = await planned('kubelet', 'restart', ['worker-01', 'worker-02']);

    expect(preview.machines).toMatchObject([
      { refused: expect.stringContaining('worker-01') as string },
      { now: 'Running, healthy' },
    ]);
    expect(preview.head).toBeUndefined();
  });

  it('that changed since it was planned is left alone, and the journal says why', async () => {
    await start();
    const preview = await planned('ext-qemu-guest-agent', 'stop', ['worker-01']);
    meanwhile = () => simulator.node('worker-01').services.stop('ext-qemu-guest-agent');

    await expect(opened.workspace.plans.apply(tokenOf(preview))).rejects.toMatchObject({
      failure: { code: 'conflict' },
    });

    expect(changes()).toEqual([]);
    expect(newest()?.steps).toMatchObject([
      { stage: 'left', text: expect.stringContaining('not so any more') as string },
    ]);
  });

  it('is not touched when it cannot be written down first', async () => {
    await start();
    const preview = await planned('kubelet', 'restart', ['worker-01']);
    // A folder where the file would be: nothing can be appended to it.
    await mkdir(join(dirname(opened.path), 'deeds.ndjson'));

    await expect(opened.workspace.plans.apply(tokenOf(preview))).rejects.toThrow(/deeds\.ndjson/);

    expect(changes()).toEqual([]);
  });

  it('that was asked when Minos ended is told as perhaps done after the next start, and not asked again', async () => {
    await start();
    const file = join(dirname(opened.path), 'deeds.ndjson');
    const preview = await planned('kubelet', 'restart', ['worker-01', 'worker-02']);
    await opened.workspace.plans.apply(tokenOf(preview));
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const sent = changes().length;
    // As it stood on the disk when the first machine had been asked; the last line was cut by the crash.
    await writeFile(file, `${lines.slice(0, 2).join('\n')}\n{"type":"ste`);

    const { journal } = (await opened.restart()).deeds;

    expect(journal.state.current.deeds?.[0]).toMatchObject({
      isOver: true,
      steps: [
        { stage: 'maybe', text: expect.stringContaining('It may have been carried out') as string },
        { stage: 'left' },
      ],
    });
    expect(changes()).toHaveLength(sent);
  });

  it('is done by one deed at a time on a cluster', async () => {
    await start();
    const [first, second] = [
      await planned('kubelet', 'restart', ['worker-01']),
      await planned('kubelet', 'restart', ['worker-02']),
    ];

    const both = await Promise.allSettled(
      [first, second].map((preview) => opened.workspace.plans.apply(tokenOf(preview))),
    );

    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(both[1]).toMatchObject({ reason: { failure: { code: 'busy' } } });
    expect(changes()).toEqual([`ServiceRestart ${addressOf('worker-01')}`]);
  });

  it('whose answer is lost is perhaps done, and asked once', async () => {
    await start();
    const preview = await planned('kubelet', 'restart', ['worker-01']);
    const targets = simulator.endpoints.map(({ target }) => target);
    for (const target of targets) await simulator.setEndpointFault(target, { kind: 'line', roundTripMs: 400 });
    const applied = opened.workspace.plans.apply(tokenOf(preview));
    const failed = expect(applied).rejects.toMatchObject({ failure: { code: 'maybe-done' } });

    // The node was asked; its answer is on the way when the connection breaks.
    await vi.waitFor(() => expect(changes()).toHaveLength(1), { timeout: 20_000, interval: 5 });
    for (const target of targets) await simulator.setEndpointFault(target, { kind: 'reset' });
    await failed;

    expect(newest()?.steps).toMatchObject([
      { stage: 'maybe', text: expect.stringContaining('may have been carried out') as string },
    ]);
    expect(changes()).toHaveLength(1);
    await expect(opened.workspace.plans.apply(tokenOf(preview))).rejects.toMatchObject({
      failure: { code: 'not-found' },
    });
  });

  it('of a machine that went away since is left alone, in words', async () => {
    await start();
    const preview = await planned('kubelet', 'restart', ['worker-01']);
    simulator.setNodeFault('worker-01', { kind: 'down' });

    await expect(opened.workspace.plans.apply(tokenOf(preview))).rejects.toMatchObject({
      failure: { where: { node: addressOf('worker-01') }, message: expect.stringContaining('worker-01') as string },
    });

    expect(asked).toEqual([]);
    expect(changes()).toEqual([]);
  });
});
