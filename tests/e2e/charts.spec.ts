import { wrong } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

test('the load of nodes is drawn live, paused, zoomed, listed and of one node', async ({ simulate, launch }) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '12', '--endpoints', '1']);
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const main = await minos.open('Charts');
  await main.getByLabel('every').selectOption('1 s');

  await expect(main.getByRole('status')).toHaveText('Live', { timeout: 15_000 });
  const cpu = main.getByRole('img', { name: /^CPU: highest \S+ [\d.]+ %$/ });
  await expect(cpu).toBeVisible({ timeout: 15_000 });
  await expect(cpu.locator('canvas')).toBeVisible();
  await cpu.hover({ position: { x: 380, y: 60 } });

  await main.getByRole('button', { name: 'Pause' }).click();
  await expect(main.getByRole('status')).toHaveText(/^Paused at \d\d:\d\d:\d\d$/);
  const box = (await cpu.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + 150, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 320, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await main.getByRole('button', { name: 'End zoom' }).click();
  await expect(main.getByRole('button', { name: 'End zoom' })).toHaveCount(0);
  await main.getByRole('button', { name: 'Go on' }).click();
  expect(await wrong(page)).toEqual([]);

  await main.getByRole('button', { name: 'Values' }).click();
  const values = main.getByRole('grid', { name: 'Load of each node now' });
  await expect(values.locator('tbody').getByRole('row')).toHaveCount(12);
  await expect(values.getByRole('row', { name: /^cp-1/ })).toContainText(/[\d.]+ %/);
  await main.getByRole('button', { name: 'Values' }).click();

  await main.getByRole('button', { name: /^Nodes: / }).click();
  await page.getByRole('option', { name: /^worker-01/ }).click();
  await expect(main.getByRole('img', { name: /^CPU by mode/ })).toBeVisible();
  await expect(main.getByRole('grid', { name: 'Top processes of worker-01' })).toContainText('kubelet');
  expect(await wrong(page)).toEqual([]);

  // Black-holed, the figures are dimmed and say since when, within three seconds.
  for (const { target } of simulator.clusters[0]?.endpoints ?? []) {
    await simulator.setEndpointFault(target, { kind: 'black-hole' });
  }
  const lostAtMs = Date.now();
  await expect(main.getByRole('status').first()).toHaveText(/^No new figures since/, { timeout: 10_000 });
  expect(Date.now() - lostAtMs).toBeLessThan(4000);
});
