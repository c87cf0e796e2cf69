import { afterEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion, DeedPreview } from '../../../../../preload/contract/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';
import { confirming, triedDeeds } from '../../../../fakes/tried-deeds.ts';

const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({
    ...{ proto: testProto(), controlPlanes: 1, workers: 2, version: 'v1.13.8', kubernetesApi: true },
    ...options,
  });
  for (const node of simulator.nodes) node.setNextBoot({ downMs: 300, bootMs: 700 });
  if (simulator.kubernetes !== undefined) simulator.kubernetes.workload.graceMs = 0;
  asked = [];
  opened = await openWorkspace(simulator.talosconfig, undefined, confirming(asked));
  await opened.workspace.nodes('sim').refresh();
}

const planned = (nodes: readonly string[], params: object = {}): Promise<DeedPreview> =>
  opened.workspace.deeds.plan(
    { context: 'sim', nodes: [...nodes], deed: 'upgrade', params: { version: 'v1.13.9', ...params } },
    signal,
  );
const { apply, newest } = triedDeeds(() => opened);
const changing = (): readonly string[] =>
  simulator.calls.flatMap(({ method, metadata }) =>
    /(Pull|Upgrade|Reboot)$/.test(method)
      ? [
          `${method.split('/').slice(-2).join('/').replace('machine.', '')} ${simulator.node(metadata['node']?.join() ?? '').name}`,
        ]
      : [],
  );
const versions = (): readonly string[] => simulator.nodes.map(({ name, version }) => `${name} ${version}`);

describe('an upgrade', () => {
  it('pulls, installs, drains and reboots, each machine with its own schematic; only one that is too old is asked by its own call', async () => {
    await start({ overrides: { 'worker-01': { version: 'v1.12.4' } } });

    const preview = await planned(['worker-01', 'worker-02']);
    expect(preview.machines.map(({ refused }) => refused)).toEqual([undefined, undefined]);
    expect(preview.talosctl).toMatch(/upgrade --image factory\.talos\.dev\/metal-installer\/[0-9a-f]{64}:v1\.13\.9$/);
    expect(preview.head?.effects).toEqual(
      expect.arrayContaining([
        'On worker-02: From v1.13.8 to v1.13.9. It keeps its schematic, and with it its extensions (qemu-guest-agent).',
        expect.stringMatching(/^On worker-01: From v1\.12\.4 .*It is too old for the newer call/),
        expect.stringMatching(/^\d+ pods leave worker-02: /),
      ]),
    );
    expect(changing()).toEqual([]);

    await apply(preview);

    expect(changing()).toEqual([
      'MachineService/Upgrade worker-01',
      'ImageService/Pull worker-02',
      'LifecycleService/Upgrade worker-02',
      'MachineService/Reboot worker-02',
    ]);
    expect(versions()).toEqual(['cp-1 v1.13.8', 'worker-01 v1.13.9', 'worker-02 v1.13.9']);
    expect(simulator.kubernetes?.changes.filter((change) => change.endsWith('/eviction')).length).toBeGreaterThan(2);
    expect(simulator.nodes.map(({ ills }) => ills.isCordoned ?? false)).toEqual([false, false, false]);
    expect(newest()?.steps.map(({ stage }) => stage)).toEqual(['done', 'done']);
    expect(newest()?.steps[1]?.text).toMatch(
      /^\d+ pods left it\. It has started anew.* Kubernetes puts pods on it again\.$/,
    );
  }, 90_000);

  it.each<[string, Partial<SimulatorOptions>, object, RegExp]>([
    ['across a minor version', { version: 'v1.11.0' }, {}, /one minor version at a time: first to the newest v1\.12/],
    ['of what cannot be drained', { kubernetesApi: false }, {}, /API of Kubernetes cannot be asked/],
  ])('is refused %s', async (_what, options, params, why) => {
    await start(options);

    const preview = await planned(['worker-01'], params);
    expect(preview.machines[0]?.refused ?? '').toMatch(why);
  });

  it.each<[string, number | 'silent', RegExp]>([
    ['fails', 4, /^The installer ended with exit code 4 \(environment error\); the machine is not rebooted\.$/],
    [
      'does not say how it ended',
      'silent',
      /^The installer did not say how it ended.* it may start with it the next time\.$/,
    ],
  ])('does not reboot a machine whose installer %s, and begins no other', async (_what, installerEnds, message) => {
    await start({ kubernetesApi: false });
    simulator.node('worker-01').setIlls({ installerEnds });

    const applying = apply(await planned(['worker-01', 'worker-02'], { drain: false }));
    await expect(applying).rejects.toMatchObject({ failure: { code: 'precondition' } });
    expect(newest()?.steps[0]?.text).toMatch(message);
    expect(changing()).toEqual(['ImageService/Pull worker-01', 'LifecycleService/Upgrade worker-01']);
    expect(versions().slice(1)).toEqual(['worker-01 v1.13.8', 'worker-02 v1.13.8']);
  });

  it('says when a machine comes back with the old version, and goes no further', async () => {
    await start({ kubernetesApi: false });
    simulator.node('worker-01').setNextBoot({ downMs: 300, bootMs: 700, version: 'v1.13.8' });

    const applying = apply(await planned(['worker-01', 'worker-02'], { drain: false }));
    await expect(applying).rejects.toThrow(/came back with Talos v1\.13\.8 instead of v1\.13\.9/);
    expect(changing().filter((call) => call.endsWith('worker-02'))).toEqual([]);
  }, 60_000);

  it('needs the cluster to be named when extensions may be lost', async () => {
    await start({ kubernetesApi: false });

    await planned(['worker-01'], { version: '', image: 'ghcr.io/siderolabs/installer:v1.13.9', drain: false }).then(
      apply,
    );
    expect(asked[0]?.typed).toBe('sim');
    expect(asked[0]?.facts.join('\n')).toMatch(/On worker-01: The image is of no schematic: extensions/);
  }, 60_000);
});
