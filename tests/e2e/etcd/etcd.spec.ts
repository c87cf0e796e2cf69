import { wrong } from '../support/axe.ts';
import { confirmNext } from '../support/confirm-next.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('etcd is looked at, a member is refused to be removed and leaves, and what is left is told', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--control-planes', '3', '--endpoints', '1']);
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const sent = async (method: string): Promise<number> =>
    (await simulator.calls()).filter((call) => call.method.endsWith(`/${method}`)).length;
  await minos.open('etcd');
  await expect(page.getByText('3 members, 2 needed, may lose 1')).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(/cp-1 leads\./)).toBeVisible();
  expect(await wrong(page)).toEqual([]);

  // A member that answers is not removed.
  const choose = async (deed: string): Promise<void> => {
    await page.getByRole('row', { name: /cp-3/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: deed }).click();
  };
  const sheet = page.getByRole('dialog');
  await choose('Remove it…');
  await expect(sheet).toContainText('cp-3 answers: have it leave instead', { timeout: 15_000 });
  await expect(sheet.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  await sheet.getByRole('button', { name: 'Cancel' }).click();

  await choose('Have it leave…');
  await expect(sheet).toContainText('Then: 2 members, 2 needed, may lose none.', { timeout: 15_000 });
  await expect(sheet).toContainText('etcd leave');
  expect(await wrong(page)).toEqual([]);
  expect(await sent('EtcdLeaveCluster')).toBe(0);
  const button = sheet.getByRole('button', { name: 'Have cp-3 leave etcd…' });
  await confirmNext(app, 'Have cp-3 leave etcd', () => button.click(), 'sim');
  await expect(sheet.getByRole('list', { name: 'Machines' })).toContainText(/cp-3\s*done/, { timeout: 45_000 });
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('2 members, 2 needed, may lose none')).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole('region', { name: '1 control plane without a member' })).toBeVisible();
  expect(await sent('EtcdLeaveCluster')).toBe(1);

  // Of two, none may leave without the other one being alone; the last one may not at all.
  await minos.pasteLine('talosctl -n cp-1,cp-2 etcd leave');
  await expect(sheet).toContainText('Members leave one by one', { timeout: 15_000 });
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  expect(consoleErrors).toEqual([]);
});
