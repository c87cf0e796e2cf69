import { join } from 'node:path';
import { wrong } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('the last hour is saved as a file and opened read-only', async ({ simulate, launch, home }) => {
  const { talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { app, page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const file = join(home, 'box.json');
  await app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, {
      showSaveDialog: () => Promise.resolve({ canceled: false, filePath }),
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [filePath] }),
    });
  }, file);
  const charts = await minos.open('Charts');
  await expect(charts.getByRole('img', { name: /^CPU: highest/ })).toBeVisible({ timeout: 15_000 });

  await minos.pick('Save a black box');
  await expect(page.getByText('Saved box.json.')).toBeVisible();
  await minos.pick('Open a black box');

  const sheet = page.getByRole('dialog', { name: /^Black box of / });
  await expect(sheet.getByRole('img', { name: /^CPU: highest/ })).toBeVisible();
  await expect(sheet).toContainText('nothing here is asked or changed');
  expect(await wrong(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
});
