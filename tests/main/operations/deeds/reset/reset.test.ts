import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ConfirmQuestion } from '../../../../../preload/contract/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../../fakes/tried-deeds.ts';

const signal = new AbortController().signal;
/** A machine is away for a moment only. */
const SOON = { downMs: 300, bootMs: 500 };
const SPARE = { name: 'sdb', bytes: 2e12, model: 'WDC', serial: 'S-1', content: 'xfs', label: 'pg-data' };
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
let typed: string;
/** What happens while the question is open. */
let meanwhile: () => void;

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 2, name: 'prod', ...options });
  for (const node of simulator.nodes) node.setNextBoot(SOON);
  simulator.node('worker-01').machine.setMoreDisks([SPARE, { ...SPARE, name: 'sdc', serial: 'S-2' }]);
  asked = [];
  typed = 'prod';
  meanwhile = () => undefined;
  const roles = options.roles === undefined ? {} : { roles: options.roles };
  // The context is not called as the cluster calls itself: that is what has to be typed.
  const talosconfig = await simulator.talosconfigFor({ contextName: 'fra', ...roles });
  const confirm = confirming(asked, { typed: () => typed, meanwhile: () => meanwhile() });
  opened = await openWorkspace(talosconfig, undefined, confirm);
  await opened.workspace.nodes('fra').refresh();
}

const planned = (nodes: readonly string[], params: Readonly<Record<string, string | boolean>> = {}) =>
  opened.workspace.deeds.plan({ context: 'fra', nodes: [...nodes], deed: 'reset', params: { ...params } }, signal);
const { apply, newest } = triedDeeds(() => opened);
const sent = (): readonly unknown[] => requestsSent(simulator, '/machine.MachineService/Reset');
const members = (): readonly string[] => simulator.etcd.members.map(({ node }) => node.name);
const disks = (node: string) => simulator.node(node).machine.disks;

describe('a reset of a worker', () => {
  it('wipes what its plan showed, once the name of the cluster was typed, and nothing else', async () => {
    await start();
    const preview = await planned(['worker-01'], { disks: '/dev/sdb' });

    expect(preview).toMatchObject({
      deed: 'Reset worker-01',
      talosctl: expect.stringMatching(/ -n 10\.5\.0\.5 .*reset --user-disks-to-wipe \/dev\/sdb$/) as string,
      head: { risk: 'destroys' },
    });
    expect(preview.loses?.map(({ name, depth }) => [name, depth])).toEqual([
      ['/dev/nvme0n1', 0],
      ...[1, 4, 5, 6].map((number) => [`/dev/nvme0n1p${number}`, 1]),
      ['/dev/sdb', 0],
    ]);
    expect(preview.loses?.at(-1)).toEqual({
      ...{ node: '10.5.0.5', name: '/dev/sdb', depth: 0, size: 2e12 },
      what: 'WDC, serial S-1, 2.0 TB: xfs “pg-data”',
    });
    expect(preview.head?.effects).toEqual([
      'The whole disk that Talos runs from is wiped, and Talos with it. “/dev/sdb” is wiped as well, and no further disk.',
      'It drains itself and removes its pods first; what only they hold is lost.',
      'Then it switches itself off. Somebody has to switch it on again.',
      'Kubernetes goes on listing its node until somebody deletes it there.',
    ]);
    typed = 'fra';
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(sent()).toEqual([]);

    typed = 'prod';
    await apply(preview);

    expect(asked[0]).toMatchObject({ isDestructive: true, typed: 'prod' });
    expect(asked[0]?.facts.join('\n')).toMatch(/Gone for good on worker-01: .*\/dev\/sdb \(WDC, serial S-1/);
    expect(sent()).toEqual([
      {
        ...{ node: '10.5.0.5', graceful: true, reboot: false, mode: 'ALL' },
        ...{ system_partitions_to_wipe: [], user_disks_to_wipe: ['/dev/sdb'] },
      },
    ]);
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringMatching(/whether it is off cannot be seen/) as string },
    ]);
    await vi.waitFor(() => expect(simulator.node('worker-01').stage).toBe('off'));
    expect(disks('worker-01').map(({ content, partitions }) => [content, partitions])).toEqual([
      [undefined, []],
      [undefined, undefined],
      ['xfs', undefined],
    ]);
  }, 60_000);

  it('that does not get through its boot is planned with a warning, and not done once it got through', async () => {
    await start();
    const worker = simulator.node('worker-01');
    worker.setIlls({ isBootingStill: true });
    const preview = await planned(['worker-01']);
    expect(preview.machines[0]?.now).toMatch(/^worker, booting, not ready/);
    expect(preview.head?.effects.join()).toMatch(/worker-01 is still booting, and Talos gives that up for this/);
    const reboot = { context: 'fra', nodes: ['worker-01'], deed: 'reboot', params: {} };
    const rebooted = await opened.workspace.deeds.plan(reboot, signal);
    expect(rebooted.machines[0]?.refused).toMatch(/^It is booting/);

    meanwhile = () => worker.setIlls({});
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(sent()).toEqual([]);

    worker.setIlls({ isBootingStill: true });
    meanwhile = () => undefined;
    await apply(await planned(['worker-01']));
    expect(newest()?.steps).toMatchObject([{ stage: 'done' }]);
  }, 60_000);

  it('is not done once a disk is another one, or the machine is', async () => {
    await start();
    const { machine } = simulator.node('worker-01');
    const preview = await planned(['worker-01']);
    const withSpare = await planned(['worker-01'], { disks: '/dev/sdb' });
    meanwhile = () => machine.setMoreDisks([{ ...SPARE, serial: 'OTHER' }]);
    await expect(apply(withSpare)).rejects.toMatchObject({
      failure: { code: 'conflict', message: expect.stringContaining('the disks that were shown') as string },
    });
    meanwhile = () => simulator.node('worker-01').setVersion('v1.12.0');
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'conflict' } });
    expect(sent()).toEqual([]);
  }, 60_000);

  it('that starts anew is over when it is back: with another identity, or as it was where it keeps its config', async () => {
    await start();
    simulator.node('worker-01').setNextBoot({ ...SOON, as: 'another-identity' });
    await apply(await planned(['worker-01'], { labels: 'STATE,EPHEMERAL', reboot: true, graceful: false }));
    await apply(await planned(['worker-02'], { labels: 'EPHEMERAL', reboot: true }));

    expect(sent()).toMatchObject([
      {
        ...{ graceful: false, reboot: true, user_disks_to_wipe: [] },
        system_partitions_to_wipe: [
          { label: 'STATE', wipe: true },
          { label: 'EPHEMERAL', wipe: true },
        ],
      },
      { graceful: true, system_partitions_to_wipe: [{ label: 'EPHEMERAL', wipe: true }] },
    ]);
    const texts = opened.workspace.deeds.journal.state.current.deeds?.map(({ steps }) => steps[0]?.text);
    expect(texts).toEqual([
      expect.stringMatching(/^It has started anew, and is running and ready \d+ s after\.$/),
      expect.stringMatching(/^It has started anew with another identity, as Talos v1\.13\.9, \d+ s after\.$/),
    ]);
  }, 60_000);

  it('of a volume on another disk than Talos does not say that other disks are left as they are', async () => {
    await start();
    const data = { number: 1, bytes: 1e12, content: 'xfs', volume: 'u-data' };
    simulator.node('worker-01').machine.setMoreDisks([{ ...SPARE, content: '', partitions: [data] }]);

    const { loses, head } = await planned(['worker-01'], { labels: 'u-data' });

    expect(loses?.map(({ name }) => name)).toEqual(['/dev/sdb1']);
    expect(head?.effects[0]).toBe(
      'Of the volumes of Talos “u-data” is wiped, on whichever disk, and no other. Nothing else of any disk is wiped.',
    );
  }, 60_000);

  it('whose answer is lost is looked up, and never asked again', async () => {
    await start();
    simulator.setNodeFault('worker-01', {
      ...{ kind: 'error', code: 14, text: 'error reading from server: EOF', methods: ['Reset'] },
    });
    const applied = apply(await planned(['worker-01']));
    await vi.waitFor(() => expect(newest()?.steps[0]?.stage).toBe('tracking'), { timeout: 30_000 });
    simulator.node('worker-01').reset('of a call whose answer was lost', {
      path: { graceful: true, reboot: false, isControlPlane: false, system: 'whole', userDisks: true },
      wipes: { isWhole: true, volumes: [], userDisks: [] },
      leave: () => undefined,
    });
    await applied;

    expect(sent()).toHaveLength(1);
    expect(newest()?.steps[0]).toMatchObject({ stage: 'done' });
  }, 60_000);

  it('whose answer is lost is not told as done when somebody else took the machine down', async () => {
    await start();
    simulator.setNodeFault('worker-01', {
      ...{ kind: 'error', code: 14, text: 'error reading from server: EOF', methods: ['Reset'] },
    });
    const applied = apply(await planned(['worker-01']));
    applied.catch(() => undefined);
    const { plans } = opened.workspace;
    await vi.waitFor(() => expect(newest()?.steps[0]?.stage).toBe('tracking'), { timeout: 30_000 });
    simulator.node('worker-01').shutDown('somebody');
    const told = () => plans.underWay.current.deeds[0]?.machines[0]?.told;
    await vi.waitFor(() => expect(told()).toMatch(/^Not reached/), { timeout: 30_000 });
    plans.order(newest()?.id ?? '', 'leave', undefined);

    await expect(applied).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(newest()?.steps[0]).toMatchObject({ stage: 'maybe' });
  }, 60_000);
});

describe('a reset of a control plane', () => {
  it('leaves etcd first, and is of one control plane, which goes after the workers', async () => {
    await start();
    const both = await planned(['cp-1', 'cp-2', 'worker-01']);
    expect(both.machines.map(({ name, refused }) => [name, refused])).toEqual([
      ['worker-01', undefined],
      ['cp-2', undefined],
      ['cp-1', 'Not together with cp-2: one control plane at a time, and look at etcd in between.'],
    ]);
    const preview = await planned(['cp-2']);
    expect(preview.head?.effects).toContain(
      'etcd now: 3 members, 2 needed, may lose 1. Then: 2 members, 2 needed, may lose none. Until another one votes, none may be lost.',
    );
    await apply(preview);

    expect(members()).toEqual(['cp-1', 'cp-3']);
    expect(newest()?.steps[0]?.text).toMatch(/etcd has 2 members, 2 needed, may lose none/);
    expect((await planned(['cp-1'])).machines[0]?.refused).toMatch(/It may not go down now: .*etcd would stop/);
    expect(sent()).toHaveLength(1);
  }, 60_000);

  it('without leaving etcd says that its member stays, and does not hand over', async () => {
    await start();
    const preview = await planned(['cp-1'], { graceful: false });
    expect(preview.head?.effects.join(' ')).toMatch(
      /Its member stays in the list of etcd, and does not answer any more\..* Remove that member afterwards/,
    );
    await apply(preview);

    expect(members()).toEqual(['cp-1', 'cp-2', 'cp-3']);
    expect(requestsSent(simulator, '/machine.MachineService/EtcdForfeitLeadership')).toEqual([]);
  }, 60_000);

  it('is refused for the last one, and for one of two', async () => {
    await start({ controlPlanes: 1 });
    for (const graceful of [true, false])
      expect((await planned(['cp-1'], { graceful })).machines[0]?.refused).toMatch(/only control plane/);
    await opened.close();
    await simulator.close();
    await start({ controlPlanes: 2 });
    for (const graceful of [true, false])
      expect((await planned(['cp-1'], { graceful })).machines[0]?.refused).toMatch(/etcd would stop: 2 of 2/);
  }, 60_000);
});

describe('a reset', () => {
  it('is refused in words: to a reader, with user disks on several machines, and for what is not there', async () => {
    await start({ roles: ['os:reader'] });
    expect((await planned(['worker-01'])).refused).toBe('Needs the role os:admin; this certificate has os:reader.');
    await opened.close();
    await simulator.close();
    await start();
    const refused = async (nodes: readonly string[], params: Readonly<Record<string, string | boolean>>) => {
      const { head, machines } = await planned(nodes, params);
      expect(head).toBeUndefined();
      return machines[0]?.refused;
    };
    expect(await refused(['worker-01', 'worker-02'], { disks: '/dev/sdb' })).toMatch(
      /^Paths of disks mean other disks/,
    );
    expect(await refused(['worker-01'], { disks: '/dev/sdx', labels: 'u-data' })).toBe(
      'It has no volume “u-data”. It has no disk “/dev/sdx”.',
    );
    expect(await refused(['worker-01'], { disks: '/dev/nvme0n1' })).toMatch(/no user disk/);
    await expect(planned(['worker-01'], { mode: 'user-disks' })).rejects.toMatchObject({
      failure: { code: 'invalid', where: { field: 'disks' } },
    });
    await expect(planned(['worker-01'], { disks: 'sdb' })).rejects.toThrow('"sdb" is no path of a disk');
  }, 60_000);
});
