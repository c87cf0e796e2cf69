import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmQuestion, PowerState } from '../../../preload/contract/index.ts';
import type { ClusterChange } from '../../../main/operations/clusters/lease.ts';
import { callRoutes, topicRoutes, type RouteOptions } from '../../../main/operations/routes.ts';
import type { Workspace } from '../../../main/operations/workspace.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../fakes/open-workspace.ts';

const context = { signal: new AbortController().signal, windowId: 1 };
const READ = { deadlineMs: 5_000, signal: context.signal };
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
let confirms: boolean;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 1, ...options });
  asked = [];
  confirms = true;
  opened = await openWorkspace(simulator.talosconfig, undefined, (question) => {
    asked.push(question);
    return Promise.resolve({ isConfirmed: confirms, typed: question.typed ?? '' });
  });
}

const routed = (workspace: Workspace = opened.workspace) => ({ workspace, desktop: {} }) as unknown as RouteOptions;
const set = (isLeast: boolean) => callRoutes(routed())['power.set']({ context: 'sim', isLeast }, context);
const lift = () => callRoutes(routed())['power.lift']({ context: 'sim' }, context);
const power = (workspace?: Workspace): PowerState =>
  topicRoutes(routed(workspace))['power.state']({ context: 'sim' }, context).current;
const load = (workspace: Workspace = opened.workspace) =>
  workspace.clusters.of('sim').unary('/machine.MachineService/LoadAvg', {}, READ);

/** By which roles calls came, without the look at each new connection. */
function came(): readonly string[] {
  return simulator.calls
    .map(({ method, roles }) => `${method.replace(/.*\//, '')} ${roles.join()}`)
    .filter((call) => !call.startsWith('Version '));
}

describe('least power', () => {
  it('lets the very first read wait for a certificate of os:reader, and reads by that alone', async () => {
    await start();
    await set(true);
    expect(power()).toEqual({ mode: 'making' });

    await Promise.all([load(), load(), opened.workspace.nodes('sim').refresh()]);

    const [first, ...others] = came();
    expect(first).toBe('GenerateClientConfiguration os:admin');
    expect(others.length).toBeGreaterThan(2);
    expect(others.filter((call) => !call.endsWith(' os:reader'))).toEqual([]);
    expect(power()).toEqual({ mode: 'reader', untilMs: expect.any(Number) as number });
    expect(((power().untilMs ?? 0) - Date.now()) / 60_000).toBeCloseTo(60, 0);
    // The certificate is nowhere on the disk.
    const settings = await readFile(join(dirname(opened.path), 'settings.json'), 'utf8');
    expect(settings).not.toMatch(/BEGIN|PRIVATE|crt|key/);
    expect(await readFile(opened.path, 'utf8')).toBe(simulator.talosconfig);
  });

  it('uses the certificate of the file for the calls of a confirmed deed, and for nothing else', async () => {
    await start();
    await set(true);
    await opened.workspace.nodes('sim').refresh();
    const wish = {
      context: 'sim',
      nodes: ['worker-01'],
      deed: 'service',
      params: { service: 'kubelet', action: 'restart' },
    };
    const preview = await opened.workspace.deeds.plan(wish, context.signal);
    simulator.clearCalls();

    await opened.workspace.plans.apply(preview.head?.token ?? '');

    const admin = came().filter((call) => !call.endsWith(' os:reader'));
    expect(admin).toEqual(['ServiceRestart os:admin']);
    await load();
    await vi.waitFor(() => expect(simulator.openConnections()).toBe(1));
    expect(power().mode).toBe('reader');
  });

  it('says of what a reader may not do what it takes, and lifts it for a while once the user said so', async () => {
    await start();
    await set(true);
    const caller = () => opened.workspace.clusters.of('sim');
    const readFileOf = async (): Promise<string> => {
      let text = '';
      for await (const { bytes } of caller().serverStream(
        '/machine.MachineService/Read',
        { path: '/proc/version' },
        READ,
      ))
        text += Buffer.from(bytes).toString();
      return text;
    };
    const error: unknown = await readFileOf().catch((thrown: unknown) => thrown);
    expect(caller().explain(error, {})).toMatchObject({
      code: 'denied',
      message: expect.stringMatching(/ Least power is on for this context\.$/) as string,
      hint: expect.stringMatching(/to lift it for five minutes/) as string,
    });

    confirms = false;
    await expect(lift()).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(power().mode).toBe('reader');
    confirms = true;
    await lift();

    expect(asked.at(-1)?.title).toBe('Lift least power of sim?');
    expect(power()).toEqual({ mode: 'lifted', untilMs: expect.any(Number) as number });
    expect(await readFileOf()).toContain('Linux');
    await set(false);
    expect(power()).toEqual({ mode: 'off' });
    await expect(lift()).rejects.toMatchObject({ failure: { code: 'precondition' } });
  });

  it('lets a reboot that was planned by one certificate be seen to its end by another', async () => {
    await start({ workers: 2 });
    for (const node of simulator.nodes) node.setNextBoot({ downMs: 200, bootMs: 400 });
    await set(true);
    const planned = async (node: string): Promise<string> => {
      const wish = { context: 'sim', nodes: [node], deed: 'reboot', params: {} };
      return (await opened.workspace.deeds.plan(wish, context.signal)).head?.token ?? '';
    };
    const byReader = await planned('worker-01');
    await lift();
    await opened.workspace.plans.apply(byReader);
    const byFile = await planned('worker-02');
    await set(false);
    await set(true);
    await opened.workspace.plans.apply(byFile);

    const { deeds = [] } = opened.workspace.deeds.journal.state.current;
    expect(deeds.map(({ steps }) => steps[0]?.stage)).toEqual(['done', 'done']);
    expect(came().filter((call) => call.startsWith('Reboot'))).toEqual(['Reboot os:admin', 'Reboot os:admin']);
  }, 30_000);

  it('that cannot be had is said, and the cluster is read as before', async () => {
    await start({ roles: ['os:operator'] });
    await set(true);

    await load();

    expect(power()).toMatchObject({ mode: 'failed', failure: { code: 'denied' } });
    expect(came()).toEqual(['GenerateClientConfiguration os:operator', 'LoadAvg os:operator']);
  });

  it('moves what is followed at once, and says that it switches while a read of before goes on', async () => {
    await start();
    await load();
    const changes: ClusterChange[] = [];
    const lease = opened.workspace.clusters.lease('sim', (change) => changes.push(change));
    const following = new AbortController();
    const events = lease.caller.serverStream(
      '/machine.MachineService/Events',
      { tail_events: 0 },
      { deadlineMs: Infinity, signal: following.signal },
    );
    const reading = (async () => {
      for await (const _ of events);
    })().catch(() => undefined);
    await vi.waitFor(() => expect(came()).toContain('Events os:admin'));
    await set(true);
    await load();

    expect(changes).toEqual([{ type: 'power' }]);
    expect(power().mode).toBe('switching');
    following.abort();
    await reading;
    await vi.waitFor(() => expect(power().mode).toBe('reader'));
    lease.release();
  });

  it('is still on after a restart, and off for a context that may only read anyway', async () => {
    await start();
    await set(true);
    const again = await opened.restart();

    await load(again);
    expect(power(again).mode).toBe('reader');
    await opened.close();
    await simulator.close();

    await start({ roles: ['os:reader'] });
    await set(true);
    await load();
    expect(power()).toEqual({ mode: 'off' });
    expect(came()).toEqual(['LoadAvg os:reader']);
  });
});
