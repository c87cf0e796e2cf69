import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drainNode, type DrainWish } from '../../../main/kubernetes/drain/drain-node.ts';
import { forecastDrain } from '../../../main/kubernetes/drain/forecast.ts';
import { releaseNode } from '../../../main/kubernetes/drain/release-node.ts';
import { DrainBench } from './drain-bench.ts';

const NODE = 'worker-01';
const NEVER = new AbortController().signal;
let bench: DrainBench;

beforeAll(async () => {
  bench = await DrainBench.open();
});
afterEach(() => bench.reset());
afterAll(() => bench.close());

const wish = (over: Partial<DrainWish> = {}): DrainWish => ({
  ...{ deed: 'deed-1', timeoutMs: 60_000, consent: { unmanaged: new Set(), emptyDir: true } },
  ...over,
});
const drain = (over: Partial<DrainWish> = {}, signal = NEVER) =>
  bench.goOn(drainNode(NODE, wish(over), bench.tools(signal)));
const release = (over: Partial<Parameters<typeof releaseNode>[1]> = {}) =>
  bench.goOn(releaseNode(NODE, { deed: 'deed-1', readyWithinMs: 0, ...over }, bench.tools()));
const ills = () => bench.node(NODE).ills;
const budgetOn = (pod: string, refusals: number) => {
  const [namespace = '', name = ''] = pod.split('/');
  const found = bench.api.workload.find(namespace, name)!;
  bench.api.workload.budgets.push({ namespace, name: `${found.app}-budget`, app: found.app, refusals });
  return `${namespace}/${found.app}-budget`;
};
const alone = (name: string) => ({
  ...{ namespace: 'shop', name, app: name, controller: undefined, isMirror: false, hasEmptyDir: false },
});

describe('a node that is drained', () => {
  it('is cordoned for this deed, and what leaves it is evicted and waited for; DaemonSets stay', async () => {
    const pods = bench.movable(NODE);
    expect(pods.length).toBeGreaterThan(1);

    expect(await drain()).toEqual({ kind: 'drained', pods: pods.length });
    expect(ills()).toMatchObject({
      isCordoned: true,
      annotations: { 'minos.dev/cordoned-by': expect.stringMatching(/^\d{4}-.*Z deed-1$/) as string },
    });
    expect(bench.movable(NODE)).toEqual([]);
    expect(bench.api.workload.on(bench.node(NODE)).length).toBeGreaterThan(0);
    expect(bench.told.slice(0, 2)).toEqual(['cordoned', `${pods.length} leave`]);
    expect(bench.told).toEqual(expect.arrayContaining(pods.flatMap((pod) => [`${pod} going`, `${pod} gone`])));
    expect(bench.api.changes).toHaveLength(1 + pods.length);
  });

  it('waits for a budget, asking every five seconds, and names it', async () => {
    const [pod = ''] = bench.movable(NODE);
    const budget = budgetOn(pod, 3);
    const begunMs = bench.clock.monotonic();

    expect(await drain()).toMatchObject({ kind: 'drained' });
    expect(bench.clock.monotonic() - begunMs).toBeGreaterThanOrEqual(15_000);
    const name = budget.split('/')[1] ?? '';
    expect(bench.told).toContain(
      `${pod} held: The disruption budget ${name} needs 2 healthy pods and has 2 currently.`,
    );
    expect(bench.api.changes.filter((change) => change.includes(pod.split('/')[1] ?? ''))).toHaveLength(4);
  });

  it('pauses when a budget never allows it: names budget and pod, deletes nothing, and goes on when told to', async () => {
    const [pod = '', ...others] = bench.movable(NODE);
    const budget = budgetOn(pod, Infinity);

    const paused = await drain();
    expect(paused).toMatchObject({
      kind: 'paused',
      why: `After 60 s, 1 pod is still on ${NODE}: ${pod}.`,
      held: [{ pod, budget }],
    });
    expect(bench.movable(NODE)).toEqual([pod]);
    expect(others.length).toBeGreaterThan(0);
    expect(bench.api.changes.every((change) => /^PATCH \/api\/v1\/nodes\/|^POST .*\/eviction$/.test(change))).toBe(
      true,
    );

    bench.api.workload.budgets.length = 0;
    expect(await drain()).toMatchObject({ kind: 'drained', pods: 1 });
  });

  it('pauses also for a pod that does not end', async () => {
    const [pod = ''] = bench.movable(NODE);
    bench.api.workload.stuck.add(pod.split('/')[1] ?? '');

    expect(await drain()).toMatchObject({
      kind: 'paused',
      held: [{ pod, why: 'It was asked to go and has not ended yet.' }],
    });
  });

  it('loses nothing that was not agreed to, and is not even cordoned then', async () => {
    bench.api.workload.more.set(NODE, [
      alone('by-hand'),
      { ...alone('scratch'), controller: 'ReplicaSet', hasEmptyDir: true },
    ]);

    await expect(drain()).rejects.toMatchObject({
      failure: {
        code: 'conflict',
        message: 'Nothing makes these pods anew, and their loss was not agreed to: shop/by-hand.',
      },
    });
    const consent = { unmanaged: new Set(['shop/by-hand']), emptyDir: false };
    await expect(drain({ consent })).rejects.toMatchObject({
      failure: { code: 'conflict', message: expect.stringContaining('shop/scratch') as string },
    });
    expect(ills().isCordoned).not.toBe(true);
    expect(bench.api.changes).toEqual([]);

    expect(await drain({ consent: { ...consent, emptyDir: true } })).toMatchObject({ kind: 'drained' });
    expect(bench.movable(NODE)).toEqual([]);
  });

  it('asks for exactly the pod it saw: another one of that name stays', async () => {
    bench.api.workload.more.set(NODE, [{ ...alone('db-0'), controller: 'StatefulSet' }]);
    await drain();
    expect(bench.api.bodies.find((body) => JSON.stringify(body).includes('db-0'))).toMatchObject({
      kind: 'Eviction',
      deleteOptions: { preconditions: { uid: expect.any(String) as string } },
    });
  });

  it('that somebody else cordoned keeps no mark, and stays cordoned when it is released', async () => {
    bench.node(NODE).setIlls({ isCordoned: true });

    expect(await drain()).toMatchObject({ kind: 'drained' });
    expect(bench.told[0]).toBe('was cordoned');
    expect(await release()).toEqual({ kind: 'not-ours' });
    expect(ills()).toMatchObject({ isCordoned: true });
    expect(bench.api.changes.filter((change) => change.startsWith('PATCH'))).toEqual([]);
  });

  it('is cordoned anew when its kubelet was faster, in the version that was read', async () => {
    bench.api.conflicts = 2;

    expect(await drain()).toMatchObject({ kind: 'drained' });
    expect(bench.api.changes.filter((change) => change.startsWith('PATCH'))).toHaveLength(3);
    expect(bench.told[0]).toBe('cordoned');
  });

  it('is drained on when Kubernetes was away in between', async () => {
    const [pod = ''] = bench.movable(NODE);
    budgetOn(pod, 2);
    const draining = drain();
    await bench.until(() => bench.told.some((line) => line.includes('held')));
    await bench.api.setFault('refuse');
    await bench.until(() =>
      bench.told.some((line) => line.startsWith('trouble: The API of Kubernetes cannot be asked')),
    );
    await bench.api.setFault(null);

    expect(await draining).toMatchObject({ kind: 'drained' });
  });

  it('ends when it is cancelled, without another call', async () => {
    const stop = new AbortController();
    budgetOn(bench.movable(NODE)[0] ?? '', Infinity);
    const draining = drain({}, stop.signal);
    await bench.until(() => bench.told.some((line) => line.includes('held')));
    stop.abort();
    const asked = bench.api.changes.length;

    await expect(draining).rejects.toMatchObject({ name: 'AbortError' });
    expect(bench.api.changes).toHaveLength(asked);
    expect(bench.clock.active).toBe(0);
  });

  it.each([
    ['cordon', 'Kubernetes does not let Minos cordon nodes such as worker-01.'],
    ['evict', /^Kubernetes does not let Minos evict \S+\/\S+\.$/],
  ] as const)('says in words that it may not %s', async (what, message) => {
    bench.api.denied.add(what);

    const refused = await drain().catch((error: unknown) => error);
    expect(refused).toMatchObject({
      failure: { code: 'denied', details: expect.stringMatching(/answered 403: .* is forbidden/) as string },
    });
    expect((refused as Error).message).toMatch(message);
  });

  it('gets one new certificate when Kubernetes does not take the old one, and no second', async () => {
    await bench.goOn(forecastDrain(bench.calls, NODE, NEVER));
    bench.opened = 0;
    await bench.api.setFault({ status: 401, message: 'Unauthorized', times: 1 });
    expect(await drain()).toMatchObject({ kind: 'drained' });
    expect(bench.opened).toBe(1);

    await bench.api.setFault({ status: 401, message: 'Unauthorized' });
    await expect(drain()).rejects.toMatchObject({ failure: { code: 'unauthenticated' } });
    expect(bench.opened).toBe(2);
  });

  it('does not wait for ever for an answer', async () => {
    await bench.api.setFault('silent');
    const calls = bench.client(20);

    const forecast = forecastDrain(calls, NODE, NEVER);
    await expect(forecast).rejects.toMatchObject({ failure: { code: 'timeout' } });
    calls.close();
  });
});

describe('a node that is released', () => {
  it('takes pods again and loses the mark, only for the deed that cordoned it', async () => {
    await drain();

    expect(await release({ deed: 'deed-2' })).toEqual({ kind: 'not-ours' });
    expect(ills().isCordoned).toBe(true);
    expect(await release()).toEqual({ kind: 'released' });
    expect(ills()).toMatchObject({ isCordoned: false, annotations: {} });
  });

  it('loses the mark alone when somebody uncordoned it meanwhile', async () => {
    await drain();
    bench.node(NODE).setIlls({ ...ills(), isCordoned: false });

    expect(await release()).toEqual({ kind: 'released' });
    expect(ills()).toMatchObject({ isCordoned: false, annotations: {} });
  });

  it('is told as it is when it was never cordoned', async () => {
    expect(await release()).toEqual({ kind: 'not-cordoned' });
    expect(bench.api.changes).toEqual([]);
  });

  it('stays cordoned, without the mark, when somebody took our cordon away and made one of their own', async () => {
    await drain();
    bench.node(NODE).setIlls({ ...ills(), cordoner: 'kubectl' });

    bench.told.length = 0;
    await drain();
    expect(bench.told[0]).toBe('was cordoned');
    expect(await release({ readyWithinMs: 60_000 })).toEqual({ kind: 'not-ours' });
    expect(ills()).toMatchObject({ isCordoned: true, annotations: {} });
  });

  it('is released once Kubernetes takes it, also when it does not at first', async () => {
    await drain();
    bench.api.conflicts = 7;

    expect(await release({ readyWithinMs: 60_000 })).toEqual({ kind: 'released' });
    expect(bench.told.at(-1)).toMatch(/^trouble: The API of Kubernetes answered 409/);
    expect(ills()).toMatchObject({ isCordoned: false, annotations: {} });
  });

  it('that cannot be reached in time is told as that, not as one that is not ready', async () => {
    await drain();
    await bench.api.setFault({ status: 503, message: 'etcd is not there' });

    expect(await release({ readyWithinMs: 30_000 })).toEqual({
      kind: 'not-ready',
      why: `After 30 s the API of Kubernetes cannot be asked about ${NODE}, so it stays cordoned.`,
    });
  });

  it('is waited for until it is ready since its new boot, also while Kubernetes is away', async () => {
    await drain();
    bench.node(NODE).setIlls({ ...ills(), isNotReadyInKubernetes: true });
    await bench.api.setFault({ status: 503, message: 'etcd is not there', times: 2 });

    let bootNow: string | undefined = 'the next boot';
    const releasing = release({ readyWithinMs: 600_000, bootNow: () => Promise.resolve(bootNow) });
    await bench.until(() => bench.told.at(-1) === 'trouble: The API of Kubernetes answered 503: etcd is not there.');
    const { isNotReadyInKubernetes: _isNot, ...rest } = ills();
    bench.node(NODE).setIlls(rest);
    const asked = bench.api.asked.length;
    await bench.until(() => bench.api.asked.length > asked + 2);
    // Ready, as its kubelet told before it went down.
    expect(ills().isCordoned).toBe(true);
    bootNow = bench.node(NODE).bootId;

    expect(await releasing).toEqual({ kind: 'released' });
  });

  it('stays cordoned when it does not come back in time', async () => {
    await drain();
    bench.node(NODE).setIlls({ ...ills(), isNotReadyInKubernetes: true });

    expect(await release({ readyWithinMs: 30_000 })).toEqual({
      kind: 'not-ready',
      why: `After 30 s Kubernetes does not call ${NODE} ready since its boot, so it stays cordoned.`,
    });
    expect(ills().isCordoned).toBe(true);
  });

  it('is none when Kubernetes forgot it', async () => {
    const forgotten = releaseNode('worker-99', { deed: 'deed-1', readyWithinMs: 0 }, bench.tools());
    expect(await bench.goOn(forgotten)).toEqual({ kind: 'no-node' });
  });
});

describe('a forecast', () => {
  it('says what leaves, what is lost and what a budget forbids, and changes nothing', async () => {
    const [pod = ''] = bench.movable(NODE);
    const budget = budgetOn(pod, 1);
    bench.api.workload.more.set(NODE, [{ ...alone('by-hand'), hasEmptyDir: true }]);

    const forecast = await forecastDrain(bench.calls, NODE, NEVER);
    expect(forecast).toMatchObject({
      node: NODE,
      isCordoned: false,
      evicted: bench.movable(NODE),
      unmanaged: ['shop/by-hand'],
      emptyDir: expect.arrayContaining(['shop/by-hand']) as string[],
      forbidden: [{ pod, budgets: [budget], why: `The budget ${budget} wants 2 healthy pods and has 2.` }],
    });
    expect(forecast.staying).toBeGreaterThan(1);
    expect(bench.api.changes).toEqual([]);
  });

  it('reads pods page by page', async () => {
    const many = Array.from({ length: 230 }, (_, index) => ({
      ...alone(`p-${index}`),
      controller: 'ReplicaSet' as const,
    }));
    bench.api.workload.more.set(NODE, many);

    const { evicted } = await forecastDrain(bench.calls, NODE, NEVER);
    expect(evicted.length).toBeGreaterThanOrEqual(230);
    expect(bench.api.asked.filter((path) => path.startsWith('/api/v1/pods?'))).toHaveLength(3);
  });
});
