import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrong } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

test('the dependencies of a node are drawn, searched, followed and saved', async ({ simulate, launch, home }) => {
  const { talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { app, page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const file = join(home, 'graph.dot');
  await app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
  }, file);
  const main = await minos.open('Explore');

  await main.getByRole('button', { name: 'Dependencies' }).click();
  const graph = main.getByRole('img', { name: /^Graph of \d+ nodes and \d+ edges/ });
  await expect(graph).toBeVisible({ timeout: 20_000 });
  const list = main.getByRole('complementary', { name: 'Nodes of the graph' });
  await list.getByRole('textbox', { name: 'Filter graph' }).fill('MemberController');
  await list.getByRole('button', { name: 'cluster.MemberController' }).click();
  await expect(list).toContainText('Leads to 1');
  await list.getByRole('button', { name: /^Members\.cluster/ }).click();
  await expect(list).toContainText('Comes from 1');
  expect(await wrong(page)).toEqual([]);

  await main.getByRole('button', { name: 'Copy or save the graph' }).click();
  await page.getByRole('menuitem', { name: 'Save as DOT…' }).click();
  await expect(page.getByText('Saved graph.dot.')).toBeVisible();
  expect(readFileSync(file, 'utf8')).toMatch(/^digraph \{\n/);

  await main.getByLabel('with resources').check();
  await expect(graph).toBeVisible({ timeout: 30_000 });
  await expect(main).toContainText('--with-resources');
});
