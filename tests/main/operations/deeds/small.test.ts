import { afterEach, describe, expect, it } from 'vitest';
import type { ConfirmQuestion, DeedPreview } from '../../../../preload/contract/index.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import { podsOf } from '../../../../main/simulator/node/workload.ts';
import type { MethodPath } from '../../../../main/talos/method-types.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';
import { requestsSent } from '../../../fakes/requests-sent.ts';
import { confirming, triedDeeds } from '../../../fakes/tried-deeds.ts';

const signal = new AbortController().signal;
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

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2, ...options });
  asked = [];
  typed = 'sim';
  meanwhile = () => undefined;
  const confirm = confirming(asked, { typed: () => typed, meanwhile: () => meanwhile() });
  opened = await openWorkspace(simulator.talosconfig, undefined, confirm);
  await opened.workspace.nodes('sim').refresh();
}

const plan = (
  deed: string,
  params: Readonly<Record<string, string | boolean>>,
  ...nodes: readonly string[]
): Promise<DeedPreview> =>
  opened.workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params: { ...params } }, signal);
const { apply, newest } = triedDeeds(() => opened);
const machine = (name: string) => simulator.node(name).machine;
const sent = (path: MethodPath): readonly unknown[] => requestsSent(simulator, path);

describe('a container', () => {
  it('is restarted by SIGTERM, and is done when another process runs', async () => {
    await start();
    const preview = await plan('restart', { id: 'kubelet' }, 'worker-01');

    expect(preview).toMatchObject({
      deed: 'Restart container “kubelet” on worker-01',
      machines: [{ now: expect.stringMatching(/^running, process \d+$/) as string }],
      talosctl: expect.stringMatching(/ -n 10\.5\.0\.3 .*restart kubelet$/) as string,
    });
    await apply(preview);

    expect(sent('/machine.MachineService/Restart')).toEqual([
      { node: '10.5.0.3', namespace: 'system', id: 'kubelet', driver: 'CONTAINERD' },
    ]);
    expect(machine('worker-01').restartsOf('kubelet')).toBe(1);
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringMatching(/^It is running, process/) as string },
    ]);
  });

  it('of a pod is found without the end of its id, which is new after the restart, beside the one that ended', async () => {
    await start();
    const [pod] = podsOf(simulator.node('worker-01'));
    const id = `${pod?.id ?? ''}:${pod?.containers[0]?.name ?? ''}`;
    await apply(await plan('restart', { id, kubernetes: true }, 'worker-01'));
    expect(sent('/machine.MachineService/Restart')).toEqual([
      { node: '10.5.0.3', namespace: 'k8s.io', id, driver: 'CRI' },
    ]);
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringMatching(/^It is running, process \d+, \d s after/) as string },
    ]);
    expect((await plan('restart', { id, kubernetes: true }, 'worker-01')).machines).toMatchObject([
      { refused: `Several of its containers are called “${id}”: write the whole id.` },
    ]);

    const containers = await plan('restart', { id: 'kube-system/nothing:x', kubernetes: true }, 'worker-01');
    expect(containers.machines).toMatchObject([{ refused: 'It has no container “kube-system/nothing:x”.' }]);
    expect(
      (await plan('restart', { id: 'kube-system/kube-proxy-x', kubernetes: true }, 'worker-01')).refused,
    ).toContain('is a pod');
  });

  it('of etcd is restarted on one machine at a time, once the name of the cluster was typed', async () => {
    await start({ controlPlanes: 3 });
    expect((await plan('restart', { id: 'etcd' }, 'cp-1', 'cp-2')).refused).toContain('one by one');

    const preview = await plan('restart', { id: 'etcd' }, 'cp-1');
    typed = 'another';
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(machine('cp-1').restartsOf('etcd')).toBe(0);

    typed = 'sim';
    await apply(preview);
    expect(machine('cp-1').restartsOf('etcd')).toBe(1);
  });
});

describe('a key of META', () => {
  it('is written, and its value stands in the plan, but not in the journal', async () => {
    await start();
    const preview = await plan('meta-write', { key: '0x0c', value: 'p4ss word' }, 'worker-01');

    expect(preview).toMatchObject({
      deed: 'Write META key 0x0c (reserved for users) on worker-01',
      machines: [{ now: 'not set' }],
      talosctl: expect.stringMatching(/meta write 0x0c 'p4ss word'$/) as string,
      head: { risk: 'interrupts' },
    });
    await apply(preview);

    expect(sent('/machine.MachineService/MetaWrite')).toEqual([
      { node: '10.5.0.3', key: 12, value: Buffer.from('p4ss word') },
    ]);
    expect(machine('worker-01').meta.get(12)).toBe('p4ss word');
    expect(asked[0]?.typed).toBeUndefined();
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringContaining('It has the value') as string },
    ]);
    expect(JSON.stringify(newest())).not.toContain('p4ss');
  });

  it('that Talos reads wants the name of the cluster typed', async () => {
    await start();
    machine('worker-01').setMeta(10, 'version: 1');
    const preview = await plan('meta-delete', { key: '10' }, 'worker-01');
    expect(preview).toMatchObject({
      deed: 'Delete META key 0x0a (network config of the metal platform) on worker-01',
      machines: [{ now: 'set to “version: 1”' }],
      head: { risk: 'destroys' },
    });
    typed = '';
    await expect(apply(preview)).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    expect(machine('worker-01').meta.size).toBe(1);

    typed = 'sim';
    await apply(preview);
    expect(sent('/machine.MachineService/MetaDelete')).toEqual([{ node: '10.5.0.3', key: 10 }]);
    expect(machine('worker-01').meta.size).toBe(0);
    expect((await plan('meta-delete', { key: '10' }, 'worker-01')).machines).toMatchObject([
      { refused: 'There is nothing under this key.' },
    ]);
  });
});

describe('a key of META that somebody else changes meanwhile', () => {
  it.each([
    ['at its beginning', 'old t0ken', 'new t0ken'],
    ['beyond what is shown of it', `t0ken ${'x'.repeat(500)}a`, `t0ken ${'x'.repeat(500)}b`],
  ])('%s is left alone, and neither failure nor journal tell what it was', async (_where, before, after) => {
    await start();
    machine('worker-01').setMeta(12, before);
    const preview = await plan('meta-write', { key: '12', value: 'mine' }, 'worker-01');
    meanwhile = () => machine('worker-01').setMeta(12, after);

    const failure = await apply(preview).then(
      () => undefined,
      (error: unknown) => (error as { readonly failure: unknown }).failure,
    );

    expect(failure).toMatchObject({ code: 'conflict' });
    expect(machine('worker-01').meta.get(12)).toBe(after);
    expect(newest()?.steps).toMatchObject([
      { stage: 'left', text: 'This is not so any more: On worker-01: the key is set as the plan showed it.' },
    ]);
    expect(JSON.stringify([failure, newest()])).not.toContain('t0ken');
  });
});

describe('an image', () => {
  const IMAGE = 'registry.k8s.io/kube-proxy:v1.35.2';

  it('is removed, and the plan says which containers run from it', async () => {
    await start();
    const preview = await plan('image-remove', { image: IMAGE }, 'worker-01');

    expect(preview).toMatchObject({
      machines: [{ now: expect.stringMatching(/^sha256:[0-9a-f]{12}, used by “kube-system\/kube-proxy/) as string }],
      talosctl: expect.stringMatching(/image remove registry\.k8s\.io\/kube-proxy:v1\.35\.2$/) as string,
      head: { effects: [expect.any(String), expect.stringContaining('cannot be started anew without it') as string] },
    });
    await apply(preview);

    expect(sent('/machine.ImageService/Remove')).toEqual([
      { node: '10.5.0.3', containerd: { driver: 'CRI', namespace: 'NS_CRI' }, image_ref: IMAGE },
    ]);
    expect(newest()?.steps).toMatchObject([{ stage: 'done', text: expect.stringContaining('It is gone') as string }]);
    expect((await plan('image-remove', { image: IMAGE }, 'worker-01')).machines).toMatchObject([
      { refused: `It has no image “${IMAGE}” there.` },
    ]);
  });

  it('of a machine that is too old stays, with the reason', async () => {
    await start({ version: 'v1.12.4' });
    expect((await plan('image-remove', { image: IMAGE, namespace: 'system' }, 'worker-01')).machines).toMatchObject([
      { refused: 'Talos can do this since 1.13; it runs v1.12.4.' },
    ]);
  });

  it('is not removed by a certificate that may only operate', async () => {
    await start({ roles: ['os:operator'] });
    const preview = await plan('image-remove', { image: IMAGE }, 'worker-01');
    expect(preview.refused).toBe('Needs the role os:admin; this certificate has os:operator.');
    expect(preview.head).toBeUndefined();
  });
});

describe('an image that is pulled', () => {
  const IMAGE = 'ghcr.io/example/tool:1';

  it('is asked of each machine by the call that its version has, and is there afterwards', async () => {
    await start({ overrides: { 'worker-02': { version: 'v1.12.4' } } });
    const preview = await plan('image-pull', { image: IMAGE, namespace: 'system' }, 'worker-01', 'worker-02');
    expect(preview).toMatchObject({
      deed: `Pull image “${IMAGE}” on 2 machines`,
      machines: [{ now: 'not there' }, { now: 'not there' }],
      talosctl: expect.stringMatching(/image pull ghcr\.io\/example\/tool:1 --namespace system$/) as string,
    });
    await apply(preview);

    expect(sent('/machine.ImageService/Pull')).toEqual([
      { node: '10.5.0.3', containerd: { driver: 'CRI', namespace: 'NS_SYSTEM' }, image_ref: IMAGE },
    ]);
    expect(sent('/machine.MachineService/ImagePull')).toEqual([
      { node: '10.5.0.4', namespace: 'NS_SYSTEM', reference: IMAGE },
    ]);
    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringMatching(/^It is there: sha256:/) as string },
      { stage: 'done' },
    ]);
    expect((await plan('image-pull', { image: IMAGE, namespace: 'inmem' }, 'worker-02')).machines).toMatchObject([
      { refused: 'Before Talos 1.13 no image can be pulled into memory.' },
    ]);
  });

  it('is looked for by the name that the machine keeps it under', async () => {
    await start();
    await apply(await plan('image-pull', { image: 'nginx' }, 'worker-01'));

    expect(newest()?.steps).toMatchObject([
      { stage: 'done', text: expect.stringMatching(/^It is there: sha256:/) as string },
    ]);
  });

  it('that its registry does not have has failed, in the words of the machine', async () => {
    await start();
    const preview = await plan('image-pull', { image: 'ghcr.io/missing:1' }, 'worker-01');

    await expect(apply(preview)).rejects.toThrow();

    expect(newest()?.steps).toMatchObject([
      { stage: 'failed', text: 'worker-01 answered: error pulling image: ghcr.io/missing:1: not found.' },
    ]);
  });
});
