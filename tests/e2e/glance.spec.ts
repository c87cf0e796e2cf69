import type { Page } from 'playwright/test';
import { wrong, wrongInEither } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

/** Longer than the turn in which every node is asked, so that whatever is to be noticed has been. */
const NOTICED = { timeout: 45_000 };

const nodeRow = (page: Page, name: string) => page.getByRole('grid', { name: 'Nodes' }).getByRole('row', { name });

test('a node that dies is first in the list, in attention and in the picture, since its first failure; then all is well again', async ({
  simulate,
  launch,
}) => {
  test.setTimeout(150_000);
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Overview');
  const picture = page.getByRole('group', { name: 'Topology' });
  await expect(picture.getByRole('button', { name: /^worker-01, worker, running/ })).toBeVisible(NOTICED);

  await simulator.setNodeFault('worker-01', { kind: 'down' });
  const attention = page.getByRole('list', { name: 'What needs attention' });
  await expect(attention.getByText(/worker-01 is not reached/)).toBeVisible(NOTICED);
  await expect(attention.getByText(/^since \d\d:\d\d:\d\d/).first()).toBeVisible();
  await expect(picture.getByRole('button', { name: /^worker-01, worker, .*not reached since/ })).toBeVisible(NOTICED);

  await minos.open('Nodes');
  await expect(nodeRow(page, 'worker-01')).toContainText('not reached since', NOTICED);
  await expect(minos.nodeRows.first()).toContainText('worker-01', NOTICED);
  await expect(nodeRow(page, 'worker-01')).toContainText('as of ');

  await nodeRow(page, 'worker-01').click();
  await page.getByRole('complementary').getByRole('button', { name: 'Open its page' }).click();
  const node = page.getByRole('main', { name: 'Node' });
  await expect(node.getByRole('heading', { level: 1 })).toContainText('worker-01');
  await expect(node).toContainText('not reached since');
  expect(await wrong(page)).toEqual([]);

  await simulator.setNodeFault('worker-01', null);
  await expect(node).not.toContainText('not reached since', NOTICED);
  expect(consoleErrors).toEqual([]);
});

test('the page of a node shows what its commands answer, keeps its tab from node to node, and survives a reload', async ({
  simulate,
  launch,
}) => {
  const { talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(nodeRow(page, 'cp-1')).toBeVisible();

  await nodeRow(page, 'cp-1').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open its page' }).click();
  await page.getByRole('tab', { name: 'Services' }).click();
  const answers = page.getByRole('grid', { name: /^Answers of run/ });
  await expect(answers.getByRole('row').filter({ hasText: 'kubelet' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Runs' })).toBeHidden();

  await minos.pick('worker-01');
  await expect(page.getByRole('heading', { level: 1, name: /worker-01/ })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Services' })).toHaveAttribute('aria-selected', 'true');
  await expect(answers.getByRole('row').filter({ hasText: 'kubelet' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: /worker-01/ })).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('the fleet has a row per context, and Enter opens one', async ({ simulate, launch }) => {
  const { talosconfig } = await simulate(['--nodes', '3', '--endpoints', '1']);
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Fleet');
  const clusters = page.getByRole('grid', { name: 'Clusters' });
  await expect(clusters.getByRole('rowheader')).toHaveCount(1);

  await clusters.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('main', { name: 'Overview' })).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('has nothing to complain about and nothing beyond the window', async ({ launch }, testInfo) => {
  test.setTimeout(240_000);
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(nodeRow(page, 'cp-1')).toContainText('running', NOTICED);
  for (const [width, height] of [
    [1280, 800],
    [600, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const screen of ['Overview', 'Fleet', 'Nodes'] as const) {
      await minos.open(screen);
      await look(`${screen} at ${width}`);
    }
    await page.evaluate(() => (window.location.hash = '#/node/10.5.0.2'));
    await expect(page.getByRole('tab', { name: 'Summary' })).toBeVisible();
    await look(`Node at ${width}`);
  }

  async function look(what: string): Promise<void> {
    expect.soft(await wrongInEither(page), what).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect.soft(beyond, `${what}: wider than the window`).toBeLessThanOrEqual(0);
    await testInfo.attach(what, { body: await page.screenshot(), contentType: 'image/png' });
  }
});
