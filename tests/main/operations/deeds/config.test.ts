import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion, DeedOffer, DeedPreview } from '../../../../preload/contract/index.ts';
import { configInSpec } from '../../../../main/machine-config/read-config.ts';
import { readNodeConfig } from '../../../../main/operations/machine-configs/read-node-config.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const APPLY = '/machine.MachineService/ApplyConfiguration';
const signal = new AbortController().signal;
let simulator: Simulator;
let opened: TestWorkspace;
let asked: ConfirmQuestion[];
let typed: string;
/** What happens while the question is open. */
let meanwhile: () => void;

beforeEach(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2 });
  asked = [];
  typed = '';
  meanwhile = () => undefined;
  const confirm = confirming(asked, { typed: () => typed, meanwhile: () => meanwhile() });
  opened = await openWorkspace(simulator.talosconfig, undefined, confirm);
  await opened.workspace.nodes('sim').refresh();
});

afterEach(async () => {
  await opened.close();
  await simulator.close();
});

const PATCH = 'machine:\n  sysctls:\n    vm.max_map_count: "262144"\n';

const plan = (
  deed: string,
  params: Readonly<Record<string, string | boolean>>,
  ...nodes: readonly string[]
): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params: { ...params } }, signal);
const patch = (text: string, mode: string, ...nodes: readonly string[]): Promise<DeedPreview> =>
  plan('patch-config', { patch: text, mode, timeout: '600ms' }, ...nodes);
const { apply, newest } = triedDeeds(() => opened);
const configs = (name: string) => simulator.node(name).machine.configs;
const textOf = async (name: string): Promise<string> => {
  const texts = { configInSpec: (spec: string) => Promise.resolve(configInSpec(spec)) };
  const { address } = simulator.node(name);
  return (await readNodeConfig(opened.workspace.clusters.of('sim'), address, texts, signal)).reveal();
};
const real = () => requestsSent(simulator, APPLY).filter((sent) => !(sent as { dry_run?: boolean }).dry_run);
const added = ({ machines }: DeedPreview): readonly string[] =>
  (machines[0]?.change?.lines ?? []).filter(({ kind }) => kind === 'added').map(({ text }) => text.trim());

/** The offer that is made for a machine, once it is. */
function offered(): Promise<{ readonly id: string; readonly node: string; readonly offer: DeedOffer }> {
  return new Promise((resolve) => {
    const stop = opened.workspace.plans.underWay.subscribe(({ deeds }) => {
      for (const { id, machines } of deeds)
        for (const { node, offer } of machines) {
          if (offer === undefined) continue;
          queueMicrotask(() => stop());
          resolve({ id, node, offer });
        }
    });
  });
}

describe('several patches', () => {
  it('are one plan in their order; a file that a line names is chosen, and only then read', async () => {
    const { machineConfigs } = opened.workspace;
    const first = 'machine:\n  sysctls:\n    vm.max_map_count: "1"\n';
    const text = [first, '@b.yaml', 'machine:\n  sysctls:\n    net.core.somaxconn: "5"\n'].join('\n--- # next patch\n');
    await expect(patch(text, 'auto', 'worker-01')).rejects.toMatchObject({
      failure: {
        message: 'b.yaml is the name of a file: choose it, Minos reads no file that a line names.',
        where: { field: 'patch' },
      },
    });
    const folder = await mkdtemp(join(tmpdir(), 'minos-patch-'));
    const path = join(folder, 'chosen.yaml');
    await writeFile(path, 'machine:\n  sysctls:\n    vm.max_map_count: "2"\n    net.core.somaxconn: "4"\n');
    const chosen = await machineConfigs.choosePatch(path);
    await rm(folder, { recursive: true });
    const preview = await patch(text.replace('@b.yaml', `@${chosen.name}?${chosen.token}`), 'auto', 'worker-01');
    expect(added(preview)).toEqual(['sysctls:', 'vm.max_map_count: "2"', 'net.core.somaxconn: "5"']);
    expect(preview.talosctl).toMatch(/patch mc -p \$'machine:[^']+' -p @chosen\.yaml -p \$'machine:/);
    await apply(preview);
    expect(newest()?.talosctl).toMatch(/patch mc -p @patch\.yaml -p @patch-2\.yaml -p @patch-3\.yaml/);
    expect(JSON.stringify(newest())).not.toContain('somaxconn');
    const old = text.replace('@b.yaml', '@b.yaml?0c8b1f52-93f1-4f38-a8de-2d6a7f1f0a11');
    await expect(patch(old, 'auto', 'worker-01')).rejects.toThrow('b.yaml was chosen too long ago. Choose it again.');
  });
});

describe('a patch of a machine config', () => {
  it('is shown with what the machine says of it, then applied, read back, and put back', async () => {
    const before = await textOf('worker-01');
    const [machineToken = ''] = /\w{6}\.\w{16}/.exec(before) ?? [];
    const preview = await patch(PATCH, 'auto', 'worker-01');

    expect(preview).toMatchObject({
      deed: 'Patch the machine config of worker-01',
      head: { risk: 'interrupts' },
      machines: [{ change: { said: 'Applied configuration without a reboot (skipped in dry-run).' } }],
    });
    expect(added(preview)).toEqual(['sysctls:', 'vm.max_map_count: "262144"']);
    expect(JSON.stringify(preview)).not.toContain(machineToken);
    expect([configs('worker-01').active, real()]).toEqual([null, []]);

    await apply(preview);
    expect(configs('worker-01').active).toContain('vm.max_map_count: "262144"');
    expect(configs('worker-01').persistent).toBe(configs('worker-01').active);
    expect(configs('worker-01').active).toContain(machineToken);
    expect(newest()?.steps).toMatchObject([
      {
        stage: 'done',
        text: expect.stringMatching(/^Applied configuration without a reboot\nIt runs the config, \d s/) as string,
      },
    ]);
    expect(newest()?.talosctl).toMatch(/patch mc -p @patch\.yaml/);
    expect(JSON.stringify(newest())).not.toContain('max_map_count');

    const [kept] = await opened.workspace.machineConfigs.before('sim', '10.5.0.3');
    expect(kept?.what).toBe('Patched the machine config of worker-01');
    const back = await plan('put-back-config', { config: kept?.id ?? '' }, 'worker-01');
    await apply(back);
    expect(configs('worker-01').active).toBe(before);

    // The one that replaced it is kept as well; the first one is put back onto nothing else.
    expect(await opened.workspace.machineConfigs.before('sim', '10.5.0.3')).toHaveLength(2);
    const again = await plan('put-back-config', { config: kept?.id ?? '' }, 'worker-01');
    expect(again.machines).toMatchObject([{ refused: expect.stringContaining('was changed since') as string }]);
  });

  it('is not put back onto another machine that got its address', async () => {
    await apply(await patch(PATCH, 'auto', 'worker-01'));
    const [kept] = await opened.workspace.machineConfigs.before('sim', '10.5.0.3');
    Object.assign(simulator.node('worker-01').profile, { uuid: '00000000-0000-4000-8000-000000000000' });
    const back = await plan('put-back-config', { config: kept?.id ?? '' }, 'worker-01');
    expect(back.machines).toMatchObject([{ refused: expect.stringContaining('Another machine answers') as string }]);
  });

  it('that changes nothing, is none, makes it another kind of machine, or holds a masked secret is refused', async () => {
    const whyNot = async (text: string): Promise<string> =>
      (await patch(text, 'auto', 'worker-01')).machines[0]?.refused ?? '';
    expect(await whyNot('machine:\n  type: worker\n')).toBe('It changes nothing: the config means the same with it.');
    expect(await whyNot('machine:\n  sysctl:\n    a: b\n')).toContain('Is sysctls meant?');
    expect(await whyNot('machine:\n  type: controlplane\n')).toBe(
      'It is a worker, and the config is one of a control plane.',
    );
    expect(await whyNot('machine:\n  token: <secret-9>\n')).toContain('It has <secret-9> in the place of a secret.');
    expect(real()).toEqual([]);
  });

  it('that one machine refuses and another takes can be planned for the other', async () => {
    const text = 'cluster:\n  etcd:\n    advertisedSubnets: [10.5.0.0/24]\n';
    const both = await patch(text, 'auto', 'cp-1', 'worker-01');
    expect(both.head).toBeUndefined();
    expect(both.machines).toMatchObject([
      { name: 'cp-1' },
      { refused: expect.stringContaining('etcd config is only allowed on control plane machines') as string },
    ]);
    expect(both.machines[0]?.refused).toBeUndefined();
    await apply(await patch(text, 'auto', 'cp-1'));
    expect(configs('cp-1').active).toContain('advertisedSubnets');
  });

  it('is applied to one machine after another, and not onto a config that changed meanwhile', async () => {
    const preview = await patch(PATCH, 'no-reboot', 'worker-01', 'worker-02');
    const theirs = `${await textOf('worker-02')}# by somebody else\n`;
    meanwhile = () => simulator.node('worker-02').machine.setConfig(theirs);
    await expect(apply(preview)).rejects.toMatchObject({
      failure: {
        code: 'conflict',
        message: expect.stringMatching(/^Ended at worker-02: .* It was done on worker-01\./) as string,
      },
    });
    expect(configs('worker-01').active).toContain('max_map_count');
    expect(configs('worker-02').active).not.toContain('max_map_count');
    expect(real()).toHaveLength(1);
  });

  it('that is staged waits on the disk for the next start', async () => {
    await apply(await patch(PATCH, 'staged', 'worker-01'));
    expect(configs('worker-01').active).toBeNull();
    expect(configs('worker-01').persistent).toContain('max_map_count');
    expect(newest()?.steps[0]?.text).toContain('It keeps the config for its next start');
    const next = await patch('machine:\n  sysctls:\n    a: "1"\n', 'try', 'worker-01');
    expect(next.machines[0]?.refused).toContain('one is staged, or being tried');
  });

  it('that takes away the address the machine is reached by is warned of, and a config of another cluster has to be typed', async () => {
    const link = 'machine:\n  network:\n    interfaces: [{interface: eth0, addresses: [10.5.0.3/24]}]\n';
    await apply(await patch(link, 'auto', 'worker-01'));
    const gone = await patch(
      'machine:\n  network:\n    interfaces: [{interface: eth0, $patch: delete}]\n',
      'auto',
      'worker-01',
    );
    expect(gone.head?.effects.join()).toContain('10.5.0.3 is not in the config any more');
    expect(gone.head?.effects.join()).toContain('With mode try');

    const sent = requestsSent(simulator, APPLY).length;
    const other = await patch('cluster:\n  id: another\n', 'auto', 'worker-01');
    expect(other.head).toMatchObject({ risk: 'destroys' });
    expect(other.head?.effects.join()).toContain('keys of another cluster are sent to nobody until then');
    await expect(apply(other)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(asked.at(-1)?.typed).toBe('sim');
    // Not even in a dry run.
    expect(requestsSent(simulator, APPLY)).toHaveLength(sent);
    expect(configs('worker-01').active).not.toContain('another');

    typed = 'sim';
    await apply(await patch('cluster:\n  id: another\n', 'auto', 'worker-01'));
    expect(requestsSent(simulator, APPLY).slice(sent)).toMatchObject([{ dry_run: true }, { dry_run: false }]);
    expect(configs('worker-01').active).toContain('id: another');
  });
});

describe('a config that is tried', () => {
  it('lapses by itself, and that is looked at', async () => {
    const before = await textOf('worker-01');
    await apply(await patch(PATCH, 'try', 'worker-01'));
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringContaining('The try lapsed: it runs the config from before') as string },
    ]);
    expect(await textOf('worker-01')).toBe(before);
    expect(real()).toHaveLength(1);
    expect(await opened.workspace.machineConfigs.before('sim', '10.5.0.3')).toEqual([]);
  });

  it('is kept for good when the user says so in time, and taken back at once when they say that', async () => {
    const trying = apply(await plan('patch-config', { patch: PATCH, mode: 'try', timeout: '30s' }, 'worker-01'));
    const { id, node, offer } = await offered();
    expect(offer.choices).toEqual(['keep', 'takeBack']);
    expect(configs('worker-01').persistent).toBeNull();
    opened.workspace.plans.order(id, 'keep', node);
    await trying;
    expect(configs('worker-01').persistent).toContain('max_map_count');
    expect(newest()?.steps[0]?.text).toContain('You kept it');
    expect(() => opened.workspace.plans.order(id, 'keep', node)).toThrow(/is over/);

    const kept = configs('worker-01').active;
    const params = { patch: 'machine:\n  sysctls:\n    a: "1"\n', mode: 'try', timeout: '30s' };
    const again = apply(await plan('patch-config', params, 'worker-01'));
    const second = await offered();
    expect(configs('worker-01').active).toContain('a: "1"');
    opened.workspace.plans.order(second.id, 'takeBack', second.node);
    await again;
    expect([configs('worker-01').active, configs('worker-01').persistent]).toEqual([kept, kept]);
    expect(newest()?.steps[0]?.text).toContain('You took it back: it runs the config from before');
  });
});

describe('a config of a file', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minos-apply-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const openFile = async (text: string): Promise<string> => {
    const path = join(folder, 'worker.yaml');
    await writeFile(path, text);
    return (await opened.workspace.machineConfigs.open(path)).token;
  };

  it('takes the place of the one that a machine has, comments and all', async () => {
    const text = `# of the file\n${(await textOf('worker-01')).replace('debug: false', 'debug: true')}`;
    const preview = await plan('apply-config', { config: await openFile(text) }, 'worker-01');
    expect(added(preview)).toEqual(['# of the file', 'debug: true']);
    expect(preview.talosctl).toMatch(/apply-config -f machine-config\.yaml$/);
    await apply(preview);
    expect(configs('worker-01').active).toBe(text);
  });

  it('is planned anew on the machines that were left only with its patches, which have to be given again', async () => {
    const { lookUps } = opened.workspace.deeds;
    const file = await openFile((await textOf('worker-01')).replace('debug: false', 'debug: true'));
    const patch = 'machine:\n  sysctls:\n    net.core.somaxconn: "7"\n';
    const preview = await plan('apply-config', { config: file, patch }, 'worker-01', 'worker-02');
    simulator.setNodeFault('worker-01', { kind: 'error', code: 9, text: 'no', methods: ['ApplyConfiguration'] });
    await expect(apply(preview)).rejects.toThrow();
    simulator.setNodeFault('worker-01', null);

    const { nodes, params } = lookUps.rest(newest()?.id ?? '');
    expect([nodes, params['patch']]).toEqual([[simulator.node('worker-02').address], '@patch.yaml']);
    await expect(plan('apply-config', params, 'worker-02')).rejects.toMatchObject({
      failure: { where: { field: 'patch' } },
    });
    expect(JSON.stringify(newest())).not.toContain('somaxconn');
  });

  it('is not the config that was read of a machine: that one goes back to where it is from, as it was', async () => {
    const { token } = await opened.workspace.machineConfigs.read('sim', '10.5.0.3', signal);
    const more = { config: token, patch: 'machine:\n  sysctls:\n    net.core.somaxconn: "7"\n' };
    const patched = await plan('apply-config', more, 'worker-01');
    expect(added(patched)).toContain('net.core.somaxconn: "7"');
    expect(patched.talosctl).toContain("apply-config -f machine-config.yaml -p $'machine:");
    const other = await plan('apply-config', { config: token }, 'worker-02');
    expect(other.machines[0]?.refused).toContain('Other machines get a patch.');
    simulator.node('worker-01').machine.setConfig(`${await textOf('worker-01')}# later\n`);
    const stale = await plan('apply-config', { config: token }, 'worker-01');
    expect(stale.machines[0]?.refused).toContain('Read it again.');
    expect((await plan('apply-config', { config: 'nothing' }, 'worker-01')).refused).toContain('Open it again.');
  });
});
