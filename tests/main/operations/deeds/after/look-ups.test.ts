import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SettingsFile } from '../../../../../main/files/settings.ts';
import { silentLog } from '../../../../../main/lib/log.ts';
import { Value } from '../../../../../main/lib/observable.ts';
import { LookUps } from '../../../../../main/operations/deeds/after/look-ups.ts';
import { DeedJournal } from '../../../../../main/operations/deeds/deed-journal.ts';
import { DEEDS } from '../../../../../main/operations/deeds/deed-list.ts';
import { beforeDown } from '../../../../../main/operations/deeds/power/look-up.ts';
import { lookAt } from '../../../../../main/operations/deeds/power/machine-look.ts';
import type { MachineBefore } from '../../../../../main/operations/plans/journal.ts';
import { machinesOf } from '../../../../../main/operations/plans/machine.ts';
import type { ContextSummary, DeedStep } from '../../../../../preload/contract/index.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { NO_CONFIGS } from '../../../../fakes/no-configs.ts';
import { ModelCluster } from '../model/model-cluster.ts';

const { signal } = new AbortController();
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const CONTEXT = { id: 'prod', name: 'prod', file: '/c', isUsable: true, caFingerprints: ['ca-of-prod'] };
const contextOf = (parts: Partial<typeof CONTEXT>): ContextSummary =>
  ({ ...CONTEXT, ...parts }) as unknown as ContextSummary;

let folder: string;
let clock: FakeClock;
let cluster: ModelCluster;
let journal: DeedJournal;
let lookUps: LookUps;
let contexts: Value<{ readonly contexts: readonly ContextSummary[] }>;
let isSeen: boolean;
let visits: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minos-after-'));
  clock = new FakeClock();
  cluster = new ModelCluster(clock, 1, 1);
  isSeen = true;
  visits = [];
});
afterEach(async () => {
  lookUps.close();
  await rm(folder, { recursive: true });
});

const openJournal = (): DeedJournal =>
  new DeedJournal({
    path: join(folder, 'deeds.ndjson'),
    ...{ clock, log: silentLog },
    settings: new SettingsFile(join(folder, 'settings.json'), { clock, log: silentLog }),
  });

interface Killed {
  readonly kind?: string;
  readonly known?: readonly ContextSummary[];
  readonly params?: Readonly<Record<string, string | boolean>>;
  readonly names?: readonly string[];
}

/** A Minos asked workers to do something and was killed; the next one has read that, and looks it up. */
async function restart({
  kind = 'reboot',
  known = [contextOf({})],
  params = {},
  names = ['worker-0'],
}: Killed = {}): Promise<void> {
  const machines = machinesOf(names, cluster.nodes);
  const before: Record<string, MachineBefore> = {};
  for (const { node } of machines) before[node] = beforeDown(await lookAt(cluster.caller, { node, signal }), {});
  const trace = { kind, params, cluster: 'ca-of-prod', machines: before };
  const head = { deed: 'Reboot worker-0', context: 'prod', file: '/c', certificate: undefined, talosctl: 'talosctl' };
  const entry = await openJournal().begin({ ...head, trace }, machines);
  for (const machine of machines) await entry.asked(machine);
  journal = openJournal();
  await journal.load();
  contexts = new Value({ contexts: known });
  lookUps = new LookUps({
    ...{ journal, contexts, clock, definitions: DEEDS, configs: NO_CONFIGS, isSeen: () => isSeen },
    plan: () => Promise.reject(new Error('it is not planned')),
    clusters: {
      visit: (id: string) => {
        visits.push(id);
        return { cluster: { caller: cluster.caller } as never, leave: () => undefined };
      },
    },
  });
  lookUps.start();
}

async function passes(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 5) {
    await settled();
    clock.advance(5_000);
  }
  await settled();
}

const step = (): DeedStep => journal.state.current.deeds?.[0]?.steps[0] ?? expect.fail('no deed');
const found = async (): Promise<DeedStep> => {
  await vi.waitFor(() => expect(step().looking).toBeUndefined());
  return step();
};
const worker = () => cluster.of('10.0.1.0');

it('a machine that is still away is looked at for half an hour at most, and stays to be looked up', async () => {
  await restart();
  expect(step()).toMatchObject({ stage: 'maybe', lookUp: 'wanted', looking: 'It is being looked up.' });
  worker().isAway = true;
  await passes(60);
  expect(step().looking).toBe('10.0.1.0 is not reached.');
  await passes(2_000);

  expect(await found()).toMatchObject({
    ...{ stage: 'maybe', lookUp: 'wanted' },
    text: expect.stringMatching(/for half an hour, and nobody can say yet: 10\.0\.1\.0 is not reached/) as string,
  });
  const looks = visits.length;
  expect(looks).toBeLessThanOrEqual(84);
  await passes(600);
  expect(visits).toHaveLength(looks);

  // When the user says so, it is looked at anew.
  worker().isAway = false;
  worker().boots += 1;
  lookUps.lookUp(journal.state.current.deeds?.[0]?.id ?? '');
  await passes(5);
  expect(await found()).toMatchObject({ stage: 'done', lookUp: 'done' });
  expect(cluster.sent).toEqual([]);
});

it('machines that answer are settled although many others are silent, and those are looked at by turns', async () => {
  cluster = new ModelCluster(clock, 1, 8);
  const names = Array.from({ length: 8 }, (_none, at) => `worker-${at}`);
  await restart({ names });
  for (let at = 0; at < 7; at += 1) cluster.of(`10.0.1.${at}`).isAway = true;
  cluster.of('10.0.1.7').boots += 1;
  await passes(5);

  const steps = (): readonly DeedStep[] => journal.state.current.deeds?.[0]?.steps ?? [];
  await vi.waitFor(() => expect(steps()[7]).toMatchObject({ stage: 'done', lookUp: 'done' }));
  expect(steps().filter(({ looking }) => looking !== undefined)).toHaveLength(7);
  // Later than the others, and before they are given up.
  Object.assign(cluster.of('10.0.1.3'), { isAway: false, boots: 2 });
  await passes(300);
  await vi.waitFor(() => expect(steps()[3]).toMatchObject({ stage: 'done' }));
});

it('a deed that the journal forgets meanwhile is not looked up any more, and nobody trips over it', async () => {
  const unheard: unknown[] = [];
  const listens = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', listens);
  try {
    await restart();
    worker().isAway = true;
    await passes(10);
    const looks = visits.length;
    expect(looks).toBeGreaterThan(0);
    clock.sleep(40 * 24 * 3_600_000);
    await journal.keepFor(30);
    expect(journal.state.current.deeds).toEqual([]);
    await passes(60);
    expect([visits.length - looks, unheard]).toEqual([0, []]);
  } finally {
    process.off('unhandledRejection', listens);
  }
});

it('a machine that was reset is told as far as it shows it: forgotten, gone, or the same one with another identity', async () => {
  await restart({ kind: 'reset', params: { mode: 'all', labels: '', disks: '', graceful: true, reboot: true } });
  worker().isUntrusted = true;
  await passes(10);
  expect(step().looking).toBe('10.0.1.0 is not trusted.');
  await passes(60);
  expect(await found()).toMatchObject({
    stage: 'maybe',
    lookUp: 'done',
    text: expect.stringMatching(/does not know the cluster any more.*unless another machine has its address/) as string,
  });
});

it('a machine without Talos on its disk is said never to answer again, and is looked at all the same', async () => {
  await restart({ kind: 'reset', params: { mode: 'all', labels: '', disks: '', graceful: true, reboot: false } });
  worker().isAway = true;
  await passes(60);
  expect(step().looking).toMatch(
    /^10\.0\.1\.0 is not reached\. One that has no Talos on its disk any more never answers/,
  );
});

it('nothing is looked at while the window is hidden, nor before a context leads to that very cluster', async () => {
  await restart({ known: [contextOf({ caFingerprints: ['ca-of-another'] })] });
  await passes(60);
  expect(visits).toEqual([]);
  expect(step().looking).toBeUndefined();
  expect(() => lookUps.rest(journal.state.current.deeds?.[0]?.id ?? '')).toThrow('nothing to be looked up');

  isSeen = false;
  contexts.set({ contexts: [contextOf({ id: 'other#prod', file: '/d' })] });
  await passes(60);
  expect(visits).toEqual([]);

  isSeen = true;
  await passes(5);
  expect(new Set(visits)).toEqual(new Set(['other#prod']));
});

const CASES: readonly (readonly [string, string, () => void, Partial<DeedStep>])[] = [
  [
    'another machine at its address',
    'reboot',
    () => (worker().identity += 1),
    { stage: 'maybe', text: expect.stringMatching(/does not tell\. It has another identity/) as string },
  ],
  [
    'another version than planned',
    'reboot',
    () => Object.assign(worker(), { boots: 2, version: 'v1.12.0' }),
    { stage: 'failed', text: expect.stringMatching(/came back with Talos v1\.12\.0, and ran v1\.13\.9/) as string },
  ],
  [
    'a version that is no version, as far as one is long',
    'reboot',
    () => Object.assign(worker(), { boots: 2, version: `v1.12.0${'x'.repeat(5_000)}` }),
    { stage: 'failed', text: expect.stringMatching(/came back with Talos v1\.12\.0x{57}, and ran/) as string },
  ],
  [
    'the same boot, a minute later',
    'reboot',
    () => undefined,
    { stage: 'left', text: 'It has not started anew since then, and is running.' },
  ],
  [
    'a machine that was switched on again',
    'shutdown',
    () => (worker().boots += 1),
    { stage: 'done', text: expect.stringMatching(/somebody switched it on/) as string },
  ],
  [
    'a role that may not read the boot id',
    'reboot',
    () => {
      cluster.mayRead = false;
      worker().boots += 1;
    },
    { stage: 'maybe', text: expect.stringMatching(/may not read its boot id/) as string },
  ],
  [
    'a kind of deed that says nothing of it',
    'of-another-minos',
    () => undefined,
    { stage: 'maybe', text: expect.stringMatching(/cannot see of this kind of deed/) as string },
  ],
];

it.each(CASES)('says what is found: %s', async (_name, kind, happens, expected) => {
  await restart({ kind });
  happens();
  await passes(70);

  expect(await found()).toMatchObject({ ...expected, lookUp: 'done' });
  expect(cluster.sent).toEqual([]);
  // Only what was certainly not done is planned anew: what failed started anew first.
  const planned = (): readonly string[] => lookUps.rest(journal.state.current.deeds?.[0]?.id ?? '').nodes;
  if (expected.stage === 'left') expect(planned()).toHaveLength(1);
  else expect(planned).toThrow('nothing to be looked up');
});

it('what an older Minos wrote, or what is no line of this one, is perhaps done and not looked up', async () => {
  const begun = {
    type: 'begun',
    id: 'old',
    atMs: clock.now(),
    deed: 'Reboot',
    context: 'prod',
    file: '/c',
    talosctl: '',
  };
  const lines = [
    { ...begun, machines: [{ node: '10.0.1.0', name: 'worker-0' }] },
    { type: 'step', id: 'old', atMs: clock.now(), node: '10.0.1.0', stage: 'asked' },
  ];
  await writeFile(join(folder, 'deeds.ndjson'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await restart();

  const old = journal.state.current.deeds?.find(({ id }) => id === 'old');
  expect(old?.steps[0]).toMatchObject({ stage: 'maybe', text: expect.stringMatching(/look at the machine/) as string });
  expect(old?.steps[0]?.lookUp).toBeUndefined();
  expect(() => lookUps.lookUp('old')).toThrow('nothing to be looked up');
});
