import { wrong } from '../support/axe.ts';
import { confirmNext } from '../support/confirm-next.ts';
import { expect, test } from '../support/fixture.ts';
import { picture } from '../support/picture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('eight machines are rehearsed, then rebooted one after another, the leader of etcd last, and stopped in the middle', async ({
  simulate,
  launch,
}) => {
  // Eight machines, each away for some seconds.
  test.slow();
  const { simulator, talosconfig } = await simulate(['--nodes', '8', '--control-planes', '3', '--endpoints', '3']);
  const names = simulator.clusters[0]?.nodes.map(({ name }) => name) ?? [];
  for (const node of names) await simulator.command({ nextBoot: { node, downMs: 300, bootMs: 1_500 } });
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  const rebooted = async (): Promise<number> =>
    (await simulator.calls()).filter(({ method }) => method.endsWith('/Reboot')).length;
  await minos.open('Nodes');
  await expect(page.getByRole('row', { name: /^Select worker-0?1 well/ })).toBeVisible({ timeout: 45_000 });
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('reboot');
  await page.getByRole('option', { name: /^Reboot…/ }).click();

  const sheet = page.getByRole('dialog');
  const button = sheet.getByRole('button', { name: 'Reboot 8 machines…' });
  await expect(button).toBeEnabled({ timeout: 20_000 });
  await expect(sheet.getByRole('row', { name: /^cp-1 control plane, running, v[\d.]+, leads etcd/ })).toBeVisible();
  await expect(sheet).toContainText('etcd: 3 of 3 members answer now, 2 while one is away, and 2 are needed.');
  await expect(sheet).toContainText('One machine after another, the leader of etcd last');
  expect(await wrong(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Rehearse', exact: true }).click();
  const rehearsal = sheet.getByRole('region', { name: 'Rehearsal', exact: true });
  await expect(rehearsal.getByRole('status')).toContainText('It came to its end', { timeout: 45_000 });
  const line = rehearsal.getByRole('list', { name: 'Time line to be expected' });
  await expect(line).toContainText(/cp-2\s*done\s*at once, takes about 5 min/);
  expect(await rebooted()).toBe(0);
  expect(await wrong(page)).toEqual([]);
  await confirmNext(app, 'Reboot 8 machines', () => button.click());
  await expect(rehearsal).toBeHidden();
  const steps = sheet.getByRole('list', { name: 'Machines', exact: true });
  // Its newest lines stay while it is away.
  await steps.getByRole('button', { name: 'Kernel log of cp-2' }).click();
  await expect(steps.getByRole('region', { name: 'Kernel log of cp-2' })).toContainText(/(kern|user): +[a-z]+:/);
  await picture(page, 'deed-under-way');
  await expect(steps).toContainText(/cp-2\s*done/, { timeout: 60_000 });
  await sheet.getByRole('button', { name: 'Stop after this one' }).click();
  await expect(sheet.getByRole('status').first()).toContainText('ends after');
  await expect(sheet).toContainText('It is over, and is kept in Deeds.', { timeout: 60_000 });
  const done = await rebooted();
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(8);
  expect(await wrong(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Open Deeds' }).click();
  const deeds = page.getByRole('list', { name: 'Deeds, newest first' }).getByRole('listitem').first();
  await expect(deeds).toContainText(`${done} done, ${8 - done} not done`);
  expect(consoleErrors).toEqual([]);
});
