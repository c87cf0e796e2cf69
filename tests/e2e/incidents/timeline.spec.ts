import { wrong } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { MinosPage } from '../pages/minos-page.ts';

test('what changed in the last ten minutes is one key away, with since when and for how long', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '6', '--endpoints', '2']);
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows.first()).toBeVisible();
  const [first] = (simulator.clusters[0]?.endpoints ?? []).map(({ target }) => target);
  await simulator.setEndpointFault(first ?? '', { kind: 'refuse' });
  await minos.open('Endpoints');
  await page.getByRole('button', { name: 'Test now' }).click();

  await page.keyboard.press('Control+i');

  const main = page.getByRole('main', { name: 'Time line' });
  const list = main.getByRole('grid', { name: 'What happened' });
  const row = list.getByRole('row', { name: /does not answer/ });
  await expect(row).toContainText(/\d\d:\d\d:\d\d/, { timeout: 15_000 });
  await expect(row).toContainText('so far');
  expect(await wrong(page)).toEqual([]);

  await simulator.clearFaults();
  await expect(row).not.toContainText('so far', { timeout: 30_000 });
});
