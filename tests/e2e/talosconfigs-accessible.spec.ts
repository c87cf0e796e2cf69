import { join } from 'node:path';
import { wrongInEither } from './support/axe.ts';
import { holdFiles } from './support/drop-files.ts';
import { dropFiles, expect, test } from './support/fixture.ts';
import { ContextsScreen } from './pages/contexts-screen.ts';
import { ImportSheet } from './pages/import-sheet.ts';
import { writeTalosconfig } from './support/talosconfig-files.ts';

const ONE = 'context: one\ncontexts:\n    one:\n        endpoints: [127.0.0.9]\n';

test('has nothing to complain about in what changes a talosconfig', async ({ launch, home }) => {
  writeTalosconfig(join(home, '.talos', 'config'), ONE);
  const dropped = writeTalosconfig(
    join(home, 'two.yaml'),
    'contexts:\n    two:\n        endpoints: [127.0.0.8]\n    one:\n        endpoints: [127.0.0.7]\n',
  );
  const { page } = await launch();
  const contexts = await ContextsScreen.open(page);
  const sheet = new ImportSheet(page);

  await holdFiles(page, 'main', [dropped]);
  await expect(page.getByRole('status', { name: 'Drop files' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'outline').toEqual([]);
  await dropFiles(page, 'main', [dropped]);
  await expect(sheet.apply).toBeEnabled();
  await sheet.sheet.getByText(/What changes, line by line/).click();
  await sheet.rename('two', 'three');
  await expect(sheet.apply).toBeEnabled();
  expect.soft(await wrongInEither(page), 'import').toEqual([]);
  await sheet.apply.click();
  await expect(sheet.sheet).toHaveCount(0);
  expect.soft(await wrongInEither(page), 'notice with undo').toEqual([]);

  const inspector = await contexts.inspect('one');
  expect.soft(await wrongInEither(page), 'inspector').toEqual([]);
  await inspector.getByRole('button', { name: 'Edit endpoints' }).click();
  await expect(page.getByRole('table', { name: 'What will be dialled' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'endpoints').toEqual([]);
  await page.keyboard.press('Escape');
  await inspector.getByRole('button', { name: 'Remove…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect.soft(await wrongInEither(page), 'removal').toEqual([]);
  await page.keyboard.press('Escape');
  await contexts.files.getByRole('button', { name: 'History' }).click();
  await contexts.dialog('Changes by Minos').locator('summary').first().click();
  expect.soft(await wrongInEither(page), 'history').toEqual([]);
});
