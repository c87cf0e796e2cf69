import type { Page } from 'playwright/test';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

/** What a watch reports. */
const SOON = { timeout: 5_000 };
/** What is only asked for now and then: one turn of that, and what asking takes. */
const IN_TURN = { timeout: 35_000 };
/** The first sight of everything, on a machine that may be slow. */
const AT_FIRST = { timeout: 30_000 };

const attention = (page: Page) => page.getByRole('list', { name: 'What needs attention' });

/** The item with these words; its "since" is within `withinMs` of a moment. */
async function toldSince(page: Page, words: RegExp, momentMs: number, options = SOON): Promise<void> {
  const item = attention(page).getByRole('listitem').filter({ hasText: words });
  await expect(item).toBeVisible(options);
  const since = /since (\d\d):(\d\d):(\d\d)/.exec((await item.textContent()) ?? '');
  expect(since, 'says since when').not.toBeNull();
  const told = new Date(momentMs);
  told.setHours(Number(since?.[1]), Number(since?.[2]), Number(since?.[3]), 0);
  // Seconds are whole.
  expect(told.getTime() - momentMs).toBeGreaterThan(-2_000);
  expect(told.getTime() - momentMs).toBeLessThan(5_000);
}

test('each thing that goes wrong is told of with its since, and goes away again', async ({ simulate, launch }) => {
  test.setTimeout(240_000);
  const { simulator, talosconfig } = await simulate(['--nodes', '6', '--endpoints', '2']);
  const endsAtMs = Date.now() + 60_000;
  await simulator.command({ ills: { node: 'cp-2', etcdCertificateEndsMs: endsAtMs } });
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Overview');
  const list = attention(page);
  await expect(page.getByRole('group', { name: 'Topology' })).toContainText('worker-03', AT_FIRST);
  await expect(list).toContainText(/cp-2 for etcd .* ends/, AT_FIRST);

  await simulator.command({ ills: { node: 'cp-1', clockDriftMs: 150_000 } });
  await expect(list).toContainText(/The clock of cp-1 is 2 min [23]\d s ahead/, IN_TURN);

  const faultMs = Date.now();
  await simulator.setNodeFault('worker-01', { kind: 'down' });
  const services = { kubelet: { state: 'unhealthy', message: 'connection refused' } } as const;
  await simulator.command({ ills: { node: 'worker-02', services } });
  await toldSince(page, /worker-01 is not reached/, faultMs);
  await toldSince(page, /kubelet on worker-02 is unhealthy/, faultMs);

  const wrongMs = Date.now();
  await simulator.command({ configError: { node: 'worker-03', kind: 'validation', message: 'unknown machine type' } });
  await simulator.command({ ills: { node: 'worker-03', failedVolumes: { EPHEMERAL: 'no such partition' } } });
  await toldSince(page, /worker-03 has a configuration that is not valid/, wrongMs);
  await toldSince(page, /The volume EPHEMERAL of worker-03 has failed/, wrongMs);

  // Its member of etcd is lost with it.
  const lostMs = Date.now();
  await simulator.setNodeFault('cp-3', { kind: 'black-hole' });
  // It is told within five seconds, which its since says; that is drawn later on a machine that may be slow.
  await toldSince(page, /cp-3 is not reached/, lostMs, { timeout: 15_000 });
  // Its member is not watched: etcd is asked in turns.
  await expect(list).toContainText(/etcd may lose no further member/, IN_TURN);

  await toldSince(page, /The certificate of cp-2 for etcd .* has ended/, endsAtMs, IN_TURN);

  // Put right: each goes away by itself.
  for (const node of ['worker-01', 'cp-3']) await simulator.setNodeFault(node, null);
  await simulator.command({ boots: 'worker-03' });
  for (const node of ['worker-02', 'worker-03', 'cp-1']) await simulator.command({ ills: { node } });
  for (const gone of [/kubelet/, /configuration/, /EPHEMERAL/]) await expect(list).not.toContainText(gone, SOON);
  for (const gone of [/is not reached/, /no further member/]) await expect(list).not.toContainText(gone, IN_TURN);
  await expect(list).not.toContainText(/The clock of/, IN_TURN);

  await simulator.command({ ills: { node: 'cp-2' } });
  await expect(page.getByRole('region', { name: 'Attention' })).toContainText('Nothing needs attention', IN_TURN);

  const cutMs = Date.now();
  for (const { target } of simulator.clusters[0]?.endpoints ?? []) {
    await simulator.setEndpointFault(target, { kind: 'black-hole' });
  }
  await toldSince(page, /No endpoint answers/, cutMs, IN_TURN);
  // Of nodes nothing is claimed that nobody can know.
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await simulator.clearFaults();
  await expect(page.getByRole('region', { name: 'Attention' })).toContainText('Nothing needs attention', IN_TURN);
  expect(consoleErrors).toEqual([]);
});

test('with 20 of 60 nodes dead the other 40 are shown at once, and those 20 are not called well', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '60']);
  const names = (simulator.clusters[0]?.nodes ?? []).map(({ name }) => name);
  for (const name of names.slice(-20)) await simulator.setNodeFault(name, { kind: 'black-hole' });
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  await new MinosPage(page).open('Overview');
  const panel = page.getByRole('list', { name: 'How they are' });
  await expect(panel).toContainText('40 well', AT_FIRST);
  await expect(panel).toContainText(/20 not reached/, AT_FIRST);
  expect(consoleErrors).toEqual([]);
});

test('two clusters of the fleet never mix', async ({ simulate, launch }) => {
  const { simulator, talosconfig } = await simulate(['--demo']);
  await simulator.command({ cluster: 'lab', fault: { node: 'worker-01', kind: 'down' } });
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  await new MinosPage(page).open('Fleet');
  const row = (name: string) => page.getByRole('grid', { name: 'Clusters' }).getByRole('row', { name });
  // One is down, and one so slow that a look may be over before it answers.
  await expect(row('demo')).toContainText(/1[23] of 14/, IN_TURN);
  await expect(row('demo')).toContainText('worker-07 is not reached');
  await expect(row('lab')).toContainText('2 of 3', IN_TURN);
  await expect(row('lab')).toContainText('worker-01 is not reached');
  expect(consoleErrors).toEqual([]);
});
