import { join } from 'node:path';
import { wrong } from './support/axe.ts';
import { confirmNext, nextQuestion } from './support/confirm-next.ts';
import { expect, test } from './support/fixture.ts';
import { picture } from './support/picture.ts';
import { MinosPage } from './pages/minos-page.ts';

test('a service is restarted from its row: planned, confirmed in a window of its own, done once and written down', async ({
  simulate,
  launch,
  home,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const restarts = async (): Promise<number> =>
    (await simulator.calls()).filter(({ method }) => method.endsWith('/ServiceRestart')).length;
  await minos.open('Nodes');
  // Once the nodes are known, they stay in their order.
  await expect(page.getByRole('row', { name: /^Select worker-01 well/ })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('checkbox', { name: 'Select worker-01' }).check();
  await minos.run('Services');
  await expect(minos.drawer).toContainText(/1 node\b.*1 ok/);
  const row = (service: string) =>
    minos.drawer.getByRole('row').filter({ has: page.getByRole('gridcell', { name: service, exact: true }) });
  const choose = async (service: string, deed: string): Promise<void> => {
    await row(service).click({ button: 'right' });
    await page.getByRole('menuitem', { name: deed }).click();
  };

  await choose('cri', 'Restart it…');
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('Talos lets nobody restart “cri” over its API');
  await expect(sheet.getByRole('button', { name: /^Restart/ })).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Cancel' }).click();

  await choose('kubelet', 'Restart it…');
  const button = sheet.getByRole('button', { name: 'Restart “kubelet” on worker-01…' });
  await expect(sheet.getByRole('row', { name: /^worker-01 Running, healthy/ })).toBeVisible();
  await expect(sheet).toContainText('service kubelet restart');
  expect(await wrong(page)).toEqual([]);
  const question = await nextQuestion(app, () => button.click());
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeEnabled();
  expect(await restarts()).toBe(0);

  // The plan goes through a file to a colleague, who plans it anew.
  await app.evaluate(
    ({ dialog }, filePath) => {
      Object.assign(dialog, {
        showSaveDialog: () => Promise.resolve({ canceled: false, filePath }),
        showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [filePath] }),
      });
    },
    join(home, 'tonight.minos-plan.yaml'),
  );
  await sheet.getByRole('button', { name: 'Save plan…' }).click();
  await expect(page.getByText('Saved tonight.minos-plan.yaml.')).toBeVisible();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('open a plan');
  await page.getByRole('option', { name: /^Open a plan…/ }).click();
  await expect(sheet.getByRole('region', { name: 'The file of this plan' })).toContainText(
    'Nothing differs from when it was made.',
  );
  await expect(button).toBeEnabled();
  expect(await wrong(page)).toEqual([]);
  await picture(page, 'deed-of-a-file');

  await confirmNext(app, 'Restart “kubelet” on worker-01', () => button.click());
  const steps = sheet.getByRole('list', { name: 'Machines' });
  await expect(steps).toContainText(/worker-01\s*done/, { timeout: 45_000 });
  await expect(steps).toContainText('It is Running, healthy');
  expect(await restarts()).toBe(1);
  await sheet.getByRole('button', { name: 'Open Deeds' }).click();
  const deeds = page.getByRole('list', { name: 'Deeds, newest first' }).getByRole('listitem').first();
  await expect(deeds).toContainText('Restart “kubelet” on worker-01');
  await expect(deeds).toContainText('1 done');
  expect(await wrong(page)).toEqual([]);

  // What was done is known to a page that is loaded anew, too, and nothing is done again.
  await page.reload();
  await expect(deeds).toContainText('1 done');
  expect(await restarts()).toBe(1);
  expect(consoleErrors).toEqual([]);
});
