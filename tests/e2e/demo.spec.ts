import { readdirSync } from 'node:fs';
import { expect, NEVER_MS, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

test('runs Version on all nodes of the demo and explains the one that is down', async ({ launch, home }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows.filter({ hasText: 'cp-1' })).toBeVisible();
  await expect(minos.nodeRows).toHaveCount(14);

  await minos.run('Version');

  await expect(minos.drawer).toContainText('14 nodes · 13 ok · 1 failed');
  await expect(minos.answer('cp-1')).toContainText('v1.13.9');
  await expect(minos.answer('worker-07')).toContainText('failed');
  // Said once: above the table, with what to do.
  await expect(minos.drawer.getByText('refused the connection (10.5.0.11:50000)')).toHaveCount(1);
  await expect(minos.drawer.getByRole('button', { name: 'Retry 1 failed' })).toBeVisible();
  await expect(minos.drawer).toContainText('11 equal · 2 differ');
  await expect(minos.drawer).toContainText('talosctl --context demo -n 10.5.0.2,');
  expect(readdirSync(home)).not.toContain('.talos');
});

test('switches the context and cancels a second run', async ({ launch, simulate }) => {
  const { simulator, talosconfig } = await simulate(['--demo']);
  await simulator.setNodeFault('worker-10', { kind: 'slow', latencyMs: NEVER_MS });
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');

  await minos.selectContext('lab');
  await expect(minos.nodeRows).toHaveCount(3);
  await minos.run('Version');
  await expect(minos.drawer).toContainText('3 nodes · 3 ok');

  await minos.selectContext('demo');
  await expect(page.getByRole('button', { name: 'Run on 14 nodes' })).toBeVisible();
  await minos.run('Version');
  await minos.drawer.getByRole('button', { name: 'Cancel' }).first().click();

  await expect(minos.drawer).toContainText(/cancelled/);
});

test('opens the demo from the first page when there is no talosconfig, marked, and leaves it again', async ({
  launch,
  home,
}) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'There is no talosconfig yet' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`${home}/.talos/config`);

  await page.getByRole('button', { name: 'Open the demo' }).click();

  await expect(page.getByRole('button', { name: 'Context: demo' })).toBeVisible();
  expect(readdirSync(home)).not.toContain('.talos');
  await page.getByRole('region', { name: 'Demo' }).getByRole('button', { name: 'Leave the demo' }).click();
  await expect(page.getByRole('heading', { name: 'There is no talosconfig yet' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Demo' })).toHaveCount(0);
});
