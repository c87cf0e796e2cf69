import { afterEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../../../main/simulator/simulator.ts';
import { Healths } from '../../../../main/operations/health/healths.ts';
import { Foreground } from '../../../../main/operations/work/foreground.ts';
import type { MachineIlls } from '../../../../main/simulator/node/machine-ills.ts';
import type { AttentionItem, HealthState } from '../../../../preload/contract/index.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

/** A watch reports within 5 s; the machine this runs on may be slow. */
const SOON = { timeout: 12_000, interval: 50 };

let simulator: Simulator;
let opened: TestWorkspace;
let stops: (() => void)[] = [];

afterEach(async () => {
  for (const stop of stops) stop();
  stops = [];
  await opened.close();
  await simulator.close();
});

async function watched(options: SimulatorOptions = {}, prepare?: (simulator: Simulator) => void) {
  simulator = await startSimulator({ proto: testProto(), ...options });
  prepare?.(simulator);
  opened = await openWorkspace(simulator.talosconfig);
  const { healths, clusters } = opened.workspace;
  const id = opened.workspace.talosconfig.all[0]!.summary.id;
  const health = healths.health(id);
  const attention = healths.attention(id);
  const states: HealthState[] = [];
  stops.push(clusters.nodes(id).subscribe(() => undefined));
  stops.push(health.subscribe((state) => states.push(state)));
  const nodeOf = (name: string) => health.current.nodes.find(({ hostname }) => hostname === name);
  const items = (): readonly AttentionItem[] => attention.current.items;
  const item = (part: string): AttentionItem | undefined => items().find((one) => one.id.startsWith(part));
  return {
    healths,
    id,
    health,
    attention,
    states,
    nodeOf,
    items,
    item,
    overview: healths.overview(id),
    etcd: healths.etcd(id),
  };
}

/** Watches that are open, and what the simulator itself listens to. */
const listening = (): number => simulator.nodes.reduce((sum, { listenerCount }) => sum + listenerCount, 0);

/** Once nothing is under way any more. */
async function settledCount(count: () => number): Promise<number> {
  let last = -1;
  const hasGrown = (): boolean => {
    const before = last;
    last = count();
    return last > before;
  };
  await expect.poll(hasGrown, SOON).toBe(false);
  return last;
}

const allWell = (state: HealthState): boolean =>
  state.nodes.length > 0 && state.nodes.every((node) => node.state === 'well');

describe('the health of a cluster', () => {
  it('is that of its nodes, with figures, versions, Kubernetes and etcd, and nothing is wrong', async () => {
    const { healths, id, health, attention, nodeOf, overview, etcd } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    await expect.poll(() => nodeOf('cp-1')?.cpu, SOON).toBeDefined();
    await expect.poll(() => etcd.current.status, SOON).toBe('ready');
    await expect.poll(() => overview.current.kubernetesVersions, SOON).toEqual([{ version: 'v1.35.2', count: 5 }]);
    expect(nodeOf('worker-01')).toMatchObject({
      role: 'worker',
      source: 'watch',
      stage: 'running',
      isReady: true,
      version: 'v1.13.9',
      kubernetes: { name: 'worker-01', isReady: true, isSchedulable: true },
      memory: { fraction: expect.any(Number) as number },
      disk: { mountedOn: '/var' },
      mayGoDown: { answer: 'yes' },
    });
    expect(etcd.current.quorum).toEqual({ voters: 3, needed: 2, alive: 3, mayLose: 1 });
    expect(overview.current).toMatchObject({ controlPlanes: 3, workers: 2, kubernetesApi: { state: 'ready' } });
    await expect.poll(() => attention.current.items, SOON).toEqual([]);

    // What the tray shows, until other files are open.
    const { caFingerprints } = opened.workspace.talosconfig.all[0]!.summary;
    expect(healths.lastAttention.get(id)).toEqual({ ...attention.current, authorities: caFingerprints });
    healths.forget();
    expect(healths.lastAttention.size).toBe(0);
  });

  it('is read once for all windows that look', async () => {
    const { healths, id, health } = await watched({ controlPlanes: 1, workers: 1 });
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    healths.look(id, 1, ['cp-1']);
    const watches = await settledCount(listening);

    const inSecond = healths.health(id);
    stops.push(inSecond.subscribe(() => undefined));
    healths.look(id, 2, ['worker-01']);

    expect(inSecond.current).toBe(health.current);
    expect(await settledCount(listening)).toBe(watches);
  });

  const ills: readonly (readonly [id: string, ills: MachineIlls, item: Partial<AttentionItem>])[] = [
    [
      'service worker-01',
      { services: { kubelet: { state: 'unhealthy', message: 'connection refused' } } },
      { severity: 'critical', title: 'kubelet on worker-01 is unhealthy' },
    ],
    [
      'diagnostic worker-01',
      { diagnostics: [{ id: 'address-overlap', message: 'host and Kubernetes addresses overlap' }] },
      { severity: 'warning', title: 'worker-01: host and Kubernetes addresses overlap' },
    ],
    [
      'volume-failed worker-01',
      { failedVolumes: { EPHEMERAL: 'filesystem type mismatch: xfs != ext4' } },
      { severity: 'critical', kind: 'volume', title: 'The volume EPHEMERAL of worker-01 has failed' },
    ],
    [
      'volume-group worker-01',
      { wrongVolumeGroups: { vg0: 'physical volume /dev/sdb is missing' } },
      { severity: 'warning', title: 'The volume group vg0 of worker-01 is not as it is configured' },
    ],
    ['cordoned worker-01', { isCordoned: true }, { severity: 'notice' }],
    ['kubernetes worker-01', { isNotReadyInKubernetes: true }, { severity: 'critical' }],
  ];
  it.each(ills)('tells of %s as soon as a watch reports it, and it goes away again', async (id, ill, expected) => {
    const { health, item, nodeOf } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    // By then everything of it is followed.
    await expect.poll(() => nodeOf('worker-01')?.disk, SOON).toBeDefined();
    const beforeMs = Date.now();
    const node = simulator.node('worker-01');
    node.setIlls(ill);
    const key = id.replace('worker-01', node.address);
    await expect.poll(() => item(key), SOON).toMatchObject(expected);
    expect(item(key)!.sinceMs).toBeGreaterThanOrEqual(beforeMs - 1_000);
    expect(item(key)!.sinceMs).toBeLessThanOrEqual(Date.now());
    node.setIlls({});
    await expect.poll(() => item(key), SOON).toBeUndefined();
  });

  it('calls nothing well before it has looked', async () => {
    const { attention, health } = await watched();
    expect(attention.current).toMatchObject({ items: [], unknown: ['The nodes have not been listed yet.'] });
    stops.push(attention.subscribe(() => undefined));

    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    await expect.poll(() => attention.current.unknown, SOON).toEqual([]);
  });

  it('tells of a configuration that a node could not use, since when, until it boots with a good one', async () => {
    const { health, item } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    const node = simulator.node('worker-01');
    const beforeMs = Date.now();
    node.events.configError('validation', 'machine.type: unknown machine type "wrker"');
    await expect
      .poll(() => item(`config ${node.address}`), SOON)
      .toMatchObject({
        severity: 'warning',
        title: 'worker-01 has a configuration that is not valid',
        detail: expect.stringContaining('unknown machine type "wrker"') as string,
      });
    expect(item(`config ${node.address}`)!.sinceMs).toBeGreaterThan(beforeMs - 2_000);
    expect(item(`config ${node.address}`)!.sinceMs).toBeLessThanOrEqual(Date.now());
    node.events.step({ kind: 'sequence', name: 'boot', action: 'start' }, '');
    await expect.poll(() => item(`config ${node.address}`), SOON).toBeUndefined();
  });

  it('tells of a control plane whose clock is wrong at the first measuring, also behind another endpoint', async () => {
    const { item } = await watched({ endpointCount: 1 }, (made) => made.node('cp-2').setIlls({ clockDriftMs: 90_000 }));
    await expect
      .poll(() => item('clock'), SOON)
      .toMatchObject({ title: expect.stringMatching(/clock of cp-2/) as string });
  });

  it('tells of a node that dies since its first failure, and that it is back', async () => {
    const { health, item, nodeOf } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    const { address } = simulator.node('worker-02');
    const diedMs = Date.now();
    simulator.setNodeFault('worker-02', { kind: 'down' });
    await expect.poll(() => item(`node-down ${address}`), SOON).toBeDefined();
    const { sinceMs } = item(`node-down ${address}`)!;
    expect(sinceMs - diedMs).toBeLessThan(5_000);
    await expect.poll(() => nodeOf('worker-02')?.state, SOON).toBe('not-reached');
    // Retries do not move it.
    await expect.poll(() => health.current.atMs - sinceMs, SOON).toBeGreaterThan(4_000);
    expect(nodeOf('worker-02')?.notReachedSinceMs).toBe(sinceMs);
    simulator.setNodeFault('worker-02', null);
    await expect.poll(() => item(`node-down ${address}`), SOON).toBeUndefined();
  });

  it('tells of a node that falls silent within 5 s', async () => {
    const { health, nodeOf } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    const fellMs = Date.now();
    simulator.setNodeFault('worker-02', { kind: 'black-hole' });
    await expect.poll(() => nodeOf('worker-02')?.state, SOON).toBe('not-reached');
    expect(nodeOf('worker-02')!.notReachedSinceMs! - fellMs).toBeLessThan(5_000);
    expect(nodeOf('worker-01')?.state).toBe('well');

    // Its watches have outlived the silence and tell nothing anew by themselves.
    simulator.setNodeFault('worker-02', null);
    await expect.poll(() => nodeOf('worker-02')?.isReady, SOON).toBe(true);
    // Unknown until all of it was told anew.
    await expect.poll(() => nodeOf('worker-02')?.state, SOON).toMatch(/^(well|unstable)$/);
  });

  it('tells of etcd: an alarm, a member that went, and no quorum', async () => {
    const { etcd, item, health } = await watched();
    await expect.poll(() => etcd.current.status, SOON).toBe('ready');
    simulator.setNodeFault('cp-2', { kind: 'etcd-alarm', alarm: 'NOSPACE' });
    await expect.poll(() => item('etcd-alarm'), SOON).toMatchObject({ title: 'etcd on cp-2 has raised NOSPACE' });
    simulator.setNodeFault('cp-2', null);
    await expect.poll(() => item('etcd-alarm'), SOON).toBeUndefined();

    simulator.etcd.remove(simulator.etcd.memberOn(simulator.node('cp-3'))!.hex);
    await expect.poll(() => item('etcd-missing'), SOON).toMatchObject({ title: 'cp-3 is no member of etcd' });
    await expect.poll(() => item('etcd-quorum'), SOON).toMatchObject({ severity: 'warning' });
    const cp1 = health.current.nodes.find(({ hostname }) => hostname === 'cp-1');
    expect(cp1?.mayGoDown.answer).toBe('no');

    await simulator.setEndpointFault('cp-2', { kind: 'refuse' });
    simulator.setNodeFault('cp-2', { kind: 'down' });
    await expect.poll(() => item('etcd-quorum')?.title, SOON).toBe('etcd has no quorum');
    await expect.poll(() => item('etcd-leader')?.title, SOON).toBe('etcd has no leader');
    expect(item('etcd-leader')).not.toHaveProperty('stale');
  });

  it('tells that no endpoint answers, and of nothing that it then cannot know', async () => {
    const { health, items, item } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    for (const { target } of simulator.endpoints) await simulator.setEndpointFault(target, { kind: 'refuse' });
    await expect.poll(() => item('endpoint-down all'), SOON).toMatchObject({ severity: 'critical' });
    await expect
      .poll(() => health.current.nodes.map(({ state, isStale }) => [state, isStale]), { timeout: 25_000 })
      .toEqual(health.current.nodes.map(() => ['unknown', true]));
    expect(items().some(({ kind }) => kind === 'node-down')).toBe(false);
    await simulator.clearFaults();
    await expect.poll(() => allWell(health.current), { timeout: 25_000 }).toBe(true);
  }, 60_000);

  it('asks nothing while the window is hidden, ends its watches when it stays so, and begins anew', async () => {
    simulator = await startSimulator({ proto: testProto() });
    opened = await openWorkspace(simulator.talosconfig);
    const { clusters, attention, snapshots, talosconfig } = opened.workspace;
    const clock = new FakeClock();
    let isSeen = true;
    const shared = { clusters, attention, snapshots, foreground: new Foreground() };
    const healths = new Healths({ ...shared, clock, random: Math.random, isSeen: () => isSeen });
    const health = healths.health(talosconfig.all[0]!.summary.id);
    stops.push(health.subscribe(() => undefined));
    const ticked = (): HealthState => {
      clock.advance(250);
      return health.current;
    };
    await expect.poll(() => allWell(ticked()), SOON).toBe(true);
    const asked = (): number => simulator.calls.filter(({ method }) => /(EtcdStatus|SystemStat)$/.test(method)).length;
    const settled = await settledCount(asked);

    isSeen = false;
    clock.advance(29_000);
    expect(listening()).toBeGreaterThan(20);
    clock.advance(2_000);
    await expect.poll(listening, SOON).toBeLessThanOrEqual(simulator.endpoints.length);
    expect(asked()).toBe(settled);

    isSeen = true;
    expect(ticked().nodes.map(({ state }) => state)).toEqual(Array(5).fill('unknown'));
    await expect.poll(() => allWell(ticked()), SOON).toBe(true);
    expect(asked()).toBeGreaterThan(settled);
  });

  it('reads of all nodes what their state hangs on before it reads the rest of any', async () => {
    simulator = await startSimulator({ proto: testProto(), workers: 9 });
    opened = await openWorkspace(simulator.talosconfig);
    const { clusters, attention, snapshots, talosconfig } = opened.workspace;
    const id = talosconfig.all[0]!.summary.id;
    await clusters.get(id).nodes.refresh();
    const clock = new FakeClock();
    const shared = { clusters, attention, snapshots, foreground: new Foreground() };
    const healths = new Healths({ ...shared, clock, random: Math.random, isSeen: () => true });
    stops.push(healths.health(id).subscribe(() => undefined));
    const rest = /SystemStat|Memory|Mounts/;
    const asked = (method: RegExp): number => simulator.calls.filter((call) => method.test(call.method)).length;
    await expect.poll(() => asked(/ServiceList/), SOON).toBe(12);
    await expect.poll(() => asked(/State\/Watch/), SOON).toBe(24);
    expect(asked(rest)).toBe(0);
    const ticked = (): number => {
      clock.advance(250);
      return asked(rest);
    };
    await expect.poll(ticked, SOON).toBeGreaterThan(24);
    expect(allWell(healths.health(id).current)).toBe(true);
  });

  it('begins nothing new while the user waits for a run, but once in two seconds', async () => {
    simulator = await startSimulator({ proto: testProto() });
    opened = await openWorkspace(simulator.talosconfig);
    const { clusters, attention, snapshots, talosconfig } = opened.workspace;
    const clock = new FakeClock();
    const foreground = new Foreground();
    const shared = { clusters, attention, snapshots, foreground };
    const healths = new Healths({ ...shared, clock, random: Math.random, isSeen: () => true });
    const id = talosconfig.all[0]!.summary.id;
    const health = healths.health(id);
    stops.push(health.subscribe(() => undefined));
    const ticked = (): HealthState => {
      clock.advance(250);
      return health.current;
    };
    await expect.poll(() => allWell(ticked()), SOON).toBe(true);
    // The last telling is more than a tick ago, so the next is due within the next seven.
    const isQuiet = (): boolean => {
      const { atMs } = health.current;
      return ticked().atMs === atMs;
    };
    await expect.poll(isQuiet, SOON).toBe(true);
    const { atMs } = health.current;
    foreground.begin();
    clock.advance(1_750);
    expect(health.current.atMs).toBe(atMs);
    clock.advance(250);
    expect(health.current.atMs).toBeGreaterThan(atMs);
  });

  it('ends its watches once nobody looks', async () => {
    const { health } = await watched();
    await expect.poll(() => allWell(health.current), SOON).toBe(true);
    // What their state does not hang on is watched a little later.
    await expect.poll(listening, SOON).toBeGreaterThan(20);
    for (const stop of stops) stop();
    stops = [];
    await expect.poll(listening, SOON).toBeLessThanOrEqual(simulator.endpoints.length);
  });
});
