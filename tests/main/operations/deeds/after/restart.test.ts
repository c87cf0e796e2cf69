import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../../../../../main/simulator/simulator.ts';
import type { Workspace } from '../../../../../main/operations/workspace.ts';
import type { DeedRecord, DeedStep } from '../../../../../preload/contract/index.ts';
import { openWorkspace, testProto, type TestWorkspace } from '../../../../fakes/open-workspace.ts';

/*
 * Minos is killed at a line of its journal: what stands there at that moment is all that the next one knows. So a deed is done, its journal
 * cut after that line, and another workspace opened on it.
 */

const { signal } = new AbortController();
const SOON = { downMs: 200, bootMs: 300 };
/** Longer than an image may be pulled. */
const MINUTES_AGO_MS = 31 * 60_000;
let simulator: Simulator;
let opened: TestWorkspace;

beforeEach(async () => {
  simulator = await startSimulator({ proto: testProto(), controlPlanes: 3, workers: 2, kubernetesApi: true });
  for (const node of simulator.nodes) node.setNextBoot(SOON);
  opened = await openWorkspace(simulator.talosconfig);
  await opened.workspace.nodes('sim').refresh();
});
afterEach(async () => {
  await opened.close();
  await simulator.close();
});

const journalFile = (): string => join(dirname(opened.path), 'deeds.ndjson');
const newest = ({ deeds }: Workspace): DeedRecord => deeds.journal.state.current.deeds?.[0] ?? expect.fail('no deed');
const stepOf = (workspace: Workspace, at = 0): DeedStep => newest(workspace).steps[at] ?? expect.fail('no machine');
const sent = (method: string): number => simulator.calls.filter((call) => call.method.endsWith(`/${method}`)).length;

async function begin(nodes: readonly string[], deed: string, params = {}, workspace = opened.workspace) {
  const { head } = await workspace.deeds.plan({ context: 'sim', nodes: [...nodes], deed, params }, signal);
  return workspace.plans.apply(head?.token ?? expect.fail('it was not planned'));
}

/** The next Minos, for which the journal ends with the last line that is so. */
async function killedAfter(isLast: (line: string) => boolean): Promise<Workspace> {
  const lines = (await readFile(journalFile(), 'utf8')).split('\n');
  await writeFile(journalFile(), `${lines.slice(0, lines.findLastIndex(isLast) + 1).join('\n')}\n`);
  return opened.restart();
}

/** One more, for which what the last one wrote was written some minutes ago. */
async function minutesLater(): Promise<Workspace> {
  const text = await readFile(journalFile(), 'utf8');
  const ago = (_all: string, atMs: string): string => `"atMs":${Number(atMs) - MINUTES_AGO_MS}`;
  await writeFile(journalFile(), text.replaceAll(/"atMs":(\d+)/g, ago));
  return opened.restart();
}

const isAsked = (line: string): boolean => line.includes('"stage":"asked"');
const found = (workspace: Workspace, at = 0): Promise<DeedStep> =>
  vi.waitFor(
    () => {
      expect(stepOf(workspace, at).lookUp).toBe('done');
      return stepOf(workspace, at);
    },
    { timeout: 30_000 },
  );

it('killed between the call and its answer finds that the machine started anew, and asks nothing', async () => {
  await begin(['worker-01'], 'reboot');

  const next = await killedAfter(isAsked);

  expect(await found(next)).toMatchObject({
    stage: 'done',
    text: 'It has started anew since then, and is running and ready.',
  });
  expect(newest(next).isOver).toBe(true);
  expect(() => next.deeds.lookUps.rest(newest(next).id)).toThrow('nothing to be looked up');
  // What was found stands in the journal: one more looks at nothing.
  const another = await opened.restart();
  expect(stepOf(another)).toMatchObject({ stage: 'done', lookUp: 'done' });
  expect(stepOf(another).looking).toBeUndefined();
  expect(sent('Reboot')).toBe(1);
}, 60_000);

it('killed between the journal and the call finds that nothing was done, and plans it anew only when told to', async () => {
  // It reaches nobody, as if it had never been made.
  simulator.setNodeFault('worker-01', {
    ...{ kind: 'error', code: 14, text: 'error reading from server: EOF', methods: ['Reboot'] },
  });
  const { plans } = opened.workspace;
  const applied = begin(['worker-01', 'worker-02'], 'reboot');
  applied.catch(() => undefined);
  await vi.waitFor(() => expect(stepOf(opened.workspace).stage).toBe('tracking'), { timeout: 30_000 });
  plans.order(newest(opened.workspace).id, 'leave', undefined);
  await expect(applied).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  simulator.setNodeFault('worker-01', null);

  const next = await killedAfter(isAsked);
  // It may still be on its way.
  await vi.waitFor(() => expect(stepOf(next).looking).toBe('It has not started anew yet.'), { timeout: 30_000 });
  expect(stepOf(next)).toMatchObject({ stage: 'maybe', lookUp: 'wanted' });
  // Of what may have been done nothing is planned anew.
  expect(next.deeds.lookUps.rest(newest(next).id).nodes).toEqual([simulator.node('worker-02').address]);
  const later = await minutesLater();

  expect(await found(later)).toMatchObject({
    stage: 'left',
    text: 'It has not started anew since then, and is running.',
  });
  const { context, ...wish } = later.deeds.lookUps.rest(newest(later).id);
  expect([context, wish.deed]).toEqual(['sim', 'reboot']);
  expect(sent('Reboot')).toBe(1);
  await later.nodes('sim').refresh();
  await begin(wish.nodes, wish.deed, wish.params, later);
  expect(sent('Reboot')).toBe(3);
}, 60_000);

it('killed between two machines keeps what was done, and leaves the other one', async () => {
  const { plans, deeds } = opened.workspace;
  const stop = deeds.journal.state.subscribe(({ deeds: [deed] = [] }) => {
    if (deed?.steps[0]?.stage === 'asked') plans.order(deed.id, 'stop', undefined);
  });
  await expect(begin(['worker-01', 'worker-02'], 'reboot')).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  stop();

  const next = await killedAfter((line) => line.includes('"stage":"done"'));

  expect(newest(next).steps.map(({ stage, lookUp }) => [stage, lookUp])).toEqual([
    ['done', undefined],
    ['left', undefined],
  ]);
  expect(next.deeds.lookUps.rest(newest(next).id).nodes).toEqual([simulator.node('worker-02').address]);
  expect(sent('Reboot')).toBe(1);
}, 60_000);

it('killed while a machine was drained says that it is still cordoned, and how it is given back', async () => {
  if (simulator.kubernetes !== undefined) simulator.kubernetes.workload.graceMs = 0;
  await begin(['worker-01'], 'reboot', { drain: true });
  // As the drain leaves it.
  const worker = simulator.node('worker-01');
  worker.setIlls({ isCordoned: true, annotations: { 'minos.dev/cordoned-by': '2026-11-29T10:00:00Z of-a-deed' } });

  const next = await killedAfter((line) => line.includes('"stage":"preparing"'));

  expect(await found(next)).toMatchObject({
    stage: 'left',
    text: 'Minos ended before it was asked. It is still cordoned by Minos.',
    giveBack: 'kubectl uncordon worker-01',
  });
  expect(worker.ills.isCordoned).toBe(true);
}, 60_000);

it('killed during a smaller deed finds what its own reading shows', async () => {
  const params = { service: 'kubelet', action: 'restart' };
  await begin(['worker-01'], 'service', params);
  const next = await killedAfter(isAsked);
  expect(await found(next)).toMatchObject({
    stage: 'done',
    text: expect.stringMatching(/another one than before/) as string,
  });

  simulator.setNodeFault('worker-02', { kind: 'error', code: 9, text: 'no', methods: ['ServiceRestart'] });
  await expect(begin(['worker-02'], 'service', params)).rejects.toMatchObject({ failure: { code: 'precondition' } });
  const another = await killedAfter(isAsked);
  // The call may still be under way.
  await vi.waitFor(() => expect(stepOf(another).looking).toMatch(/as it was before\. It may still be under way/), {
    timeout: 30_000,
  });
  expect(stepOf(another)).toMatchObject({ stage: 'maybe', lookUp: 'wanted' });
  const later = await minutesLater();
  expect(await found(later)).toMatchObject({
    stage: 'left',
    text: expect.stringMatching(/as it was before/) as string,
  });
  expect(sent('ServiceRestart')).toBe(2);
}, 60_000);

it('killed while a member left etcd knows one that joined anew from one that never left', async () => {
  await begin(['cp-3'], 'etcd-leave');
  const machine = simulator.node('cp-3');
  machine.reboot('somebody');
  await vi.waitFor(() => expect(machine.stage).toBe('running'), { timeout: 30_000 });
  simulator.etcd.join(machine);

  const next = await killedAfter(isAsked);

  expect(await found(next)).toMatchObject({
    stage: 'done',
    text: expect.stringMatching(/another one than before/) as string,
  });
  expect(sent('EtcdLeaveCluster')).toBe(1);
}, 60_000);

it('killed while a disk was wiped takes none that is not there any more for a wiped one', async () => {
  const { machine } = simulator.node('worker-01');
  machine.setMoreDisks([{ name: 'sdb', bytes: 2e12, model: 'WDC', serial: 'S-1', content: 'xfs' }]);
  await begin(['worker-01'], 'wipe-disk', { devices: 'sdb' });
  machine.setMoreDisks([]);

  const next = await killedAfter(isAsked);

  expect(await found(next)).toMatchObject({
    stage: 'maybe',
    text: expect.stringMatching(/no “sdb”.* does not say whether it was done/) as string,
  });
}, 60_000);

it('killed while an image was pulled that was there already does not say that it was not pulled', async () => {
  const params = { image: 'docker.io/library/nginx:1' };
  await begin(['worker-01'], 'image-pull', params);
  await begin(['worker-01'], 'image-pull', params);

  const next = await killedAfter(isAsked);
  await vi.waitFor(() => expect(stepOf(next).looking).toMatch(/may still be under way\.$/), { timeout: 30_000 });

  expect(await found(await minutesLater())).toMatchObject({
    stage: 'maybe',
    text: expect.stringMatching(/found nothing newer\.$/) as string,
  });
}, 60_000);

it('killed while META, a config, a database or an older version of etcd was written finds what the machine shows of it', async () => {
  const done = async (text: RegExp): Promise<void> =>
    expect(await found(await killedAfter(isAsked))).toMatchObject({
      stage: 'done',
      text: expect.stringMatching(text) as string,
    });
  await begin(['worker-01'], 'meta-write', { key: '0x0c', value: 'p4ss word' });
  expect(await readFile(journalFile(), 'utf8')).not.toContain('p4ss');
  await done(/^A value of 9 bytes stands under the key\. That is as long as what was written/);

  await begin(['worker-01'], 'patch-config', { patch: 'machine:\n  sysctls:\n    vm.swappiness: "1"\n' });
  await done(/^It runs the config\.$/);

  const bytes = { size: 2e8, inUse: 1e8 };
  simulator.node('cp-1').setIlls({ etcdBytes: bytes });
  await begin(['cp-1'], 'etcd-defragment');
  await done(/^Its database has 95.4 MiB, of which 95.4 MiB are in use, and had 191 MiB before\.$/);

  await begin(['cp-1'], 'etcd-downgrade', { version: '3.5' });
  await done(/stored as 3\.5/);
  await begin(['cp-1'], 'etcd-downgrade-cancel');
  await done(/^etcd stores its data as version 3\.6\. Before it was 3\.5\.$/);
}, 60_000);
