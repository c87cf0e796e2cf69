import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSimulator } from '../../main/simulator/process.ts';
import { MinosPage } from './pages/minos-page.ts';
import { expect, test } from './support/fixture.ts';

test('a service of every node is followed, searched and stopped', async ({ launch, home }) => {
  const simulator = await spawnSimulator({ args: [], forSeconds: 120 });
  const path = join(home, 'config');
  writeFileSync(path, simulator.talosconfig, { mode: 0o600 });
  const { page } = await launch({ args: ['--talosconfig', path] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows.first()).toBeVisible();

  await page.getByRole('button', { name: /^Run on/ }).click();
  await page.getByRole('menuitem', { name: 'Logs' }).click();
  await page.getByLabel('Service or container').fill('kubelet');
  await page.getByLabel('Last lines').fill('20');
  await page.getByLabel('Follow').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click();
  await minos.open('Runs');
  const lines = page.getByRole('region', { name: /^Lines of run/ });
  for (const node of ['cp-1', 'worker-01']) await expect(lines).toContainText(node);
  await page.getByRole('textbox', { name: 'Filter lines' }).fill('kubelet_node_status');
  await expect(page.getByText(/^\d+ of \d+ lines/)).toBeVisible();

  await page.getByRole('textbox', { name: 'Filter lines' }).fill('');
  await page.getByRole('button', { name: 'Cancel' }).first().click();
  await expect(page.getByRole('button', { name: 'Run again' }).first()).toBeVisible();
  await expect(lines).toContainText('cp-1');
  await simulator.close();
});
