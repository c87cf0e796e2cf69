import { wrong } from '../support/axe.ts';
import { confirmNext, nextQuestion } from '../support/confirm-next.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

const IMAGE = 'ghcr.io/example/tool:1';

test('an image is pulled by a pasted line and removed from its row; a disk is wiped, and a machine reset, once the name of the cluster is typed right', async ({
  simulate,
  launch,
}) => {
  // Six windows that ask, one after another.
  test.slow();
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const spare = { name: 'sdb', bytes: 2e12, model: 'WDC', serial: 'S-1', content: 'xfs', label: 'pg-data' };
  await simulator.command({ moreDisks: { node: 'worker-01', disks: [spare] } });
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const sheet = page.getByRole('dialog');
  const steps = sheet.getByRole('list', { name: 'Machines' });
  const calls = async (method: string): Promise<number> =>
    (await simulator.calls()).filter((call) => call.method.endsWith(`/${method}`)).length;
  await minos.open('Nodes');
  await expect(page.getByRole('row', { name: /^Select worker-01 well/ })).toBeVisible({ timeout: 45_000 });
  const paste = async (line: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').fill('Paste a talosctl command line');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Command line' }).fill(line);
  };

  await paste(`talosctl image pull ${IMAGE}`);
  await expect(page.getByText('changes machines, and the line names none')).toBeVisible();
  await page.getByRole('textbox', { name: 'Command line' }).fill(`talosctl -n worker-01 image pull ${IMAGE}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(sheet.getByRole('row', { name: /^worker-01 not there/ })).toBeVisible();
  const pull = `Pull image “${IMAGE}” on worker-01`;
  await confirmNext(app, pull, () => sheet.getByRole('button', { name: `${pull}…` }).click());
  await expect(steps).toContainText(/worker-01\s*done.*It is there/s, { timeout: 45_000 });
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('checkbox', { name: 'Select worker-01' }).check();
  await minos.run('Images');
  await minos.drawer.getByRole('row').filter({ hasText: IMAGE }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove it…' }).click();
  await expect(sheet.getByRole('row', { name: /^worker-01 .*used by no container/ })).toBeVisible();
  const remove = `Remove image “${IMAGE}” from worker-01`;
  await confirmNext(app, remove, () => sheet.getByRole('button', { name: `${remove}…` }).click());
  await expect(steps).toContainText(/worker-01\s*done.*It is gone/s, { timeout: 45_000 });
  expect([await calls('Pull'), await calls('Remove')]).toEqual([1, 1]);
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  await minos.run('Disks');
  await minos.drawer.getByRole('row').filter({ hasText: 'sdb' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Wipe it…' }).click();
  await expect(sheet.getByRole('region', { name: 'Gone for good' })).toContainText(
    /\/dev\/sdb\s*2\.0 TB.*xfs “pg-data”/s,
  );
  expect(await wrong(page)).toEqual([]);
  const wipe = 'Wipe “sdb” of worker-01';
  const button = sheet.getByRole('button', { name: `${wipe}…` });
  const question = await nextQuestion(app, () => button.click());
  await question.getByRole('textbox').fill('Sim');
  await expect(question.getByRole('button', { name: wipe, exact: true })).toBeDisabled();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(button).toBeEnabled();
  expect(await calls('BlockDeviceWipe')).toBe(0);

  await confirmNext(app, wipe, () => button.click(), 'sim');
  await expect(steps).toContainText(/worker-01\s*done.*Nothing is found on it/s, { timeout: 45_000 });
  expect(await calls('BlockDeviceWipe')).toBe(1);
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  await paste('talosctl -n worker-01 reset --user-disks-to-wipe /dev/sdb');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(sheet.getByRole('region', { name: 'Gone for good' })).toContainText(
    /volume “EPHEMERAL” of Talos.*\/dev\/sdb\s*2\.0 TB/s,
  );
  await expect(sheet).toContainText('The whole disk that Talos runs from is wiped, and Talos with it.');
  expect(await wrong(page)).toEqual([]);
  const reset = sheet.getByRole('button', { name: 'Reset worker-01…' });
  await confirmNext(app, 'Reset worker-01', () => reset.click(), 'sim');
  await expect(steps).toContainText(/worker-01\s*done.*whether it is off cannot be seen/s, { timeout: 45_000 });
  expect(await calls('Reset')).toBe(1);
  await sheet.getByRole('button', { name: 'Open Deeds' }).click();
  await page.getByRole('textbox', { name: /^Filter deeds/ }).fill('of worker-01');
  await expect(page.getByRole('list', { name: 'Deeds, newest first' }).getByRole('listitem').first()).toContainText(
    wipe,
  );
  expect(await wrong(page)).toEqual([]);
  expect(consoleErrors).toEqual([]);
});
