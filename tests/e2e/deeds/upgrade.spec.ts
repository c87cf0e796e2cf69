import type { Page } from 'playwright/test';
import { wrong } from '../support/axe.ts';
import { confirmNext } from '../support/confirm-next.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('eight machines are upgraded in order until a worker refuses; Minos, killed in the next deed, says what came of it and asks nothing again', async ({
  simulate,
  launch,
}) => {
  // Six machines start anew, one after another; then another Minos does.
  test.slow();
  const options = ['--nodes', '8', '--control-planes', '3', '--endpoints', '3', '--version', 'v1.13.8'];
  const { simulator, talosconfig } = await simulate(options);
  const names = simulator.clusters[0]?.nodes.map(({ name }) => name) ?? [];
  const boot = async (bootMs: number): Promise<void> => {
    for (const node of names) await simulator.command({ nextBoot: { node, downMs: 200, bootMs } });
  };
  await boot(500);
  await simulator.command({ ills: { node: 'worker-02', installerEnds: 4 } });
  const args = ['--talosconfig', talosconfig];
  const first = await launch({ args });
  const asked = async (method: string): Promise<number> =>
    (await simulator.calls()).filter((call) => call.method.endsWith(`/${method}`)).length;

  const page = await nodesOf(first.page);
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await pick(first.page, 'upgrade', /^Upgrade Talos…/);
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('textbox', { name: 'To version' }).fill('v1.13.9');
  await sheet.getByRole('checkbox', { name: 'Drain first' }).uncheck();
  await sheet.getByRole('button', { name: 'Show the plan' }).click();
  const button = sheet.getByRole('button', { name: 'Upgrade 8 machines…' });
  await expect(button).toBeEnabled({ timeout: 30_000 });
  // The endpoints are three of the machines that go.
  await expect(sheet).toContainText('One machine after another, the leader of etcd last');
  expect(await wrong(page)).toEqual([]);
  await confirmNext(first.app, 'Upgrade 8 machines', () => button.click());
  await expect(sheet).toContainText('The installer ended with exit code 4', { timeout: 90_000 });
  const steps = sheet.getByRole('list', { name: 'Machines', exact: true });
  for (const name of ['cp-1', 'cp-2', 'cp-3', 'worker-01'])
    await expect(steps).toContainText(new RegExp(`${name}\\s*done`));
  expect([await asked('machine.LifecycleService/Upgrade'), await asked('Reboot')]).toEqual([5, 4]);
  expect(first.consoleErrors).toEqual([]);
  await sheet.getByRole('button', { name: 'Close' }).last().click();

  await boot(4_000);
  await page.getByRole('checkbox', { name: 'Select all' }).uncheck();
  for (const name of ['worker-03', 'worker-04']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await pick(page, 'reboot', /^Reboot…/);
  const reboot = sheet.getByRole('button', { name: 'Reboot 2 machines…' });
  await expect(reboot).toBeEnabled({ timeout: 30_000 });
  await confirmNext(first.app, 'Reboot 2 machines', () => reboot.click());
  await expect.poll(() => asked('Reboot')).toBe(5);
  await first.kill();

  const second = await launch({ args });
  await new MinosPage(second.page).open('Deeds');
  const deed = second.page.getByRole('list', { name: 'Deeds, newest first' }).getByRole('listitem').first();
  await expect(deed).toContainText('It has started anew since then, and is running and ready.', { timeout: 60_000 });
  await expect(deed).toContainText('1 done, 1 not done');
  expect(await asked('Reboot')).toBe(5);
});

/** The screen of nodes, once they are known to be well. */
async function nodesOf(page: Page): Promise<Page> {
  await new MinosPage(page).open('Nodes');
  await expect(page.getByRole('row', { name: /^Select worker-0?1 well/ })).toBeVisible({ timeout: 45_000 });
  return page;
}

/** What is found by a word in the palette. */
async function pick(page: Page, word: string, option: RegExp): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(word);
  await page.getByRole('option', { name: option }).click();
}
