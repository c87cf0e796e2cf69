import { wrongInEither } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('has nothing to complain about in sheets, dialogs and menus of every feature, in both themes', async ({
  launch,
}) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);
  const sheet = page.getByRole('dialog');
  const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });

  const look = async (what: string, within: string): Promise<void> => {
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    expect.soft(await wrongInEither(page, within), what).toEqual([]);
  };
  const lookAtSheet = async (name: string | RegExp): Promise<void> => {
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await look(String(name), 'dialog[open]');
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
  };
  const lookAtMenu = async (name: string): Promise<void> => {
    await expect(page.getByRole('menu', { name })).toBeVisible();
    await look(name, '[role=menu]');
    await page.keyboard.press('Escape');
  };

  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await lookAtMenu('Look');
  await button('Columns').click();
  await lookAtMenu('Columns');
  await minos.pick('tour');
  await lookAtSheet('Minos in three steps');
  for (const [line, title] of [
    ['talosctl -n 10.5.0.3 upgrade', /^Upgrade Talos/],
    ['talosctl -n 10.5.0.3 reboot', /^Reboot/],
    ['talosctl -n 10.5.0.3 reset', /^Reset/],
  ] as const) {
    await minos.pasteLine(line);
    await lookAtSheet(title);
  }

  await minos.open('etcd');
  await button('Recover…').click();
  await expect(page.getByRole('region', { name: 'Control planes' })).toBeVisible();
  await look('recovery', 'main');
  await button('Back to the members').click();
  await button('What can be done to etcd').click();
  await lookAtMenu('What can be done to etcd');
  await button(/chedule/).click();
  await lookAtSheet(/^Schedule of snapshots/);

  await minos.open('Machine config');
  await button('Compare nodes').click();
  await button('Compare').last().click();
  await expect(button('Compare again')).toBeVisible();
  await look('comparison', 'main');

  await minos.open('Logs');
  await button(/^Choose/).click();
  await lookAtSheet('Follow logs and events');
  await minos.open('Fleet');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await button(/^Ask 2 clusters/).click();
  await lookAtSheet(/2 clusters/);
  await minos.open('Kubeconfig');
  await button('Get kubeconfig…').click();
  await lookAtSheet(/kubeconfig/i);

  await minos.open('Contexts');
  await button('History').first().click();
  await lookAtSheet('Changes by Minos');
  await button('Import or add').click();
  await page.getByRole('menuitem', { name: /^Add from/ }).click();
  await lookAtSheet('Add a context');
  for (const [name, title] of [
    ['Renew…', /^Renew/],
    ['Issue a read-only config…', /^Issue a config/],
  ] as const) {
    await page.getByRole('grid', { name: 'Contexts' }).getByRole('rowheader').first().click();
    await page.getByRole('complementary').getByRole('button', { name }).click();
    await lookAtSheet(title);
  }
});
