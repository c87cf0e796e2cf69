import { afterEach, describe, expect, it } from 'vitest';
import type { DeedRecord, LastTime } from '../../../../preload/contract/index.ts';
import { lastTime } from '../../../../main/operations/deeds/last-time.ts';
import type { DeedTrace } from '../../../../main/operations/plans/journal.ts';
import { startSimulator, type Simulator } from '../../../../main/simulator/simulator.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../fakes/open-workspace.ts';

const span = (ms: number) => [{ kind: 'act', name: 'Waits', ms }] as const;

/** A deed of before on some machines, with their UUIDs and how long each took. */
function before(id: string, atMs: number, took: Readonly<Record<string, number>>, kind = 'reboot', cluster = 'ca') {
  const nodes = Object.keys(took);
  const steps = nodes.map((node) => ({ node, name: `name-${node}`, stage: 'done' as const, atMs }));
  const record: DeedRecord = { id, atMs, deed: '', context: '', file: '', talosctl: '', steps, isOver: true };
  const machines = Object.fromEntries(nodes.map((node) => [node, { uuid: `uuid-${node}` }]));
  const trace: DeedTrace = { kind, params: {}, cluster, machines };
  return { record, trace, took: new Map(Object.entries(took).map(([node, ms]) => [node, span(ms)])) };
}

const of = (deeds: readonly ReturnType<typeof before>[], node: string, uuid: string | undefined = `uuid-${node}`) =>
  lastTime(
    deeds.map(({ record }) => record),
    {
      traces: new Map(deeds.map(({ record, trace }) => [record.id, trace])),
      took: new Map(deeds.map(({ record, took }) => [record.id, took])),
    },
    { kind: 'reboot', cluster: 'ca', node, uuid, isAlike: (other) => other.startsWith('w') },
  );

describe('what a deed took the last time', () => {
  it('is that of the newest one of its kind on this machine, else on one like it', () => {
    const deeds = [before('c', 3, { w2: 30 }), before('b', 2, { w1: 20, w2: 25 }), before('a', 1, { w1: 10 })];
    expect(of(deeds, 'w1')).toEqual({ atMs: 2, spans: span(20) });
    expect(of(deeds, 'w3')).toEqual({ atMs: 3, name: 'name-w2', spans: span(30) });
    expect(of([before('a', 1, { cp: 10 })], 'w3')).toBeUndefined();
  });

  it('is of no other cluster, of no other kind, and of no other machine at the same address', () => {
    expect(of([before('a', 1, { cp: 10 }, 'upgrade'), before('b', 1, { cp: 10 }, 'reboot', 'other')], 'cp')).toBe(
      undefined,
    );
    expect(of([before('a', 1, { cp: 10 })], 'cp', 'uuid-another')).toBeUndefined();
    expect(of([before('a', 1, { cp: 10 })], 'moved', 'uuid-cp')).toEqual({ atMs: 1, spans: span(10) });
  });
});

let simulator: Simulator;
let opened: TestWorkspace | undefined;
afterEach(async () => {
  await opened?.close();
  if (opened !== undefined) await simulator.close();
});

it('a reboot is compared with the one before of the same machine, also after a restart, and else with one of its role', async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 1, workers: 2 });
  for (const node of simulator.nodes) node.setNextBoot({ downMs: 50, bootMs: 100 });
  opened = await openWorkspace(simulator.talosconfig);
  let { workspace } = opened;
  /** What a reboot of a machine is compared with while it is done. */
  const reboot = async (name: string): Promise<LastTime | undefined> => {
    await workspace.nodes('sim').refresh();
    const wish = { context: 'sim', nodes: [name], deed: 'reboot', params: {} };
    const { head } = await workspace.deeds.plan(wish, new AbortController().signal);
    let last: LastTime | undefined;
    const stop = workspace.plans.underWay.subscribe(({ deeds: [deed] }) => (last ??= deed?.machines[0]?.last));
    await workspace.plans.apply(head?.token ?? '');
    stop();
    return last;
  };

  expect(await reboot('worker-01')).toBeUndefined();
  workspace = await opened.restart();
  const again = await reboot('worker-01');
  expect(again?.name).toBeUndefined();
  expect(again?.spans.map(({ kind, name }) => `${kind} ${name}`)).toContain('act Waits until it is back');
  expect(again?.spans.every(({ ms }) => ms >= 0)).toBe(true);
  expect((await reboot('worker-02'))?.name).toBe('worker-01');
}, 60_000);
