import { join } from 'node:path';
import { picture } from '../support/picture.ts';
import { wrong } from '../support/axe.ts';
import { confirmNext } from '../support/confirm-next.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('etcd that lost its quorum is recovered from the one disk that is left, step by step', async ({
  home,
  simulate,
  launch,
}) => {
  const cluster = ['--nodes', '3', '--control-planes', '3', '--endpoints', '3', '--etcd-step-ms', '200'];
  const { simulator, talosconfig } = await simulate(cluster);
  await simulator.command({ nextBoot: { node: 'cp-1', downMs: 300, bootMs: 500 } });
  for (const node of ['cp-2', 'cp-3']) await simulator.command({ etcd: { node, change: 'empty' } });
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  await app.evaluate(
    ({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    },
    join(home, 'cp-1.db'),
  );
  const minos = new MinosPage(page);
  await minos.open('etcd');
  await page.getByRole('button', { name: 'Recover…' }).click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(page.getByRole('region', { name: /^etcd has no quorum, and there is data/ })).toBeVisible({
    timeout: 30_000,
  });
  expect(await wrong(page)).toEqual([]);
  await picture(page, 'recovery');

  await steps.getByRole('button', { name: 'Copy the database of cp-1…' }).click();
  await minos.startForm();
  await expect(minos.drawer.getByText(/saved; revision/)).toBeVisible({ timeout: 15_000 });
  await expect(steps.getByRole('listitem', { name: 'Copy the database of cp-1: done' })).toBeVisible({
    timeout: 15_000,
  });
  await expect(page.getByRole('region', { name: 'What will be lost' })).toContainText('revision 120,331');

  const sheet = page.getByRole('dialog');
  for (const [step, deed] of [
    ['Wipe the etcd data of cp-1…', 'Wipe the etcd data of cp-1'],
    ['Recover etcd on cp-1…', 'Recover etcd from a snapshot on cp-1'],
  ] as const) {
    await steps.getByRole('button', { name: step }).click({ timeout: 15_000 });
    const button = sheet.getByRole('button', { name: `${deed}…` });
    await expect(button).toBeVisible({ timeout: 15_000 });
    await confirmNext(app, deed, () => button.click(), 'sim');
    await expect(sheet.getByRole('list', { name: 'Machines' })).toContainText(/cp-1\s*done/, { timeout: 45_000 });
    await sheet.getByRole('button', { name: 'Close' }).last().click();
  }

  await expect(page.getByRole('region', { name: 'Nothing is wrong with etcd' })).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByText('3 members, 2 needed, may lose 1')).toBeVisible({ timeout: 15_000 });
  expect(consoleErrors).toEqual([]);
});
