import { confirmNext } from '../support/confirm-next.ts';
import { wrong } from '../support/axe.ts';
import { expect, test } from '../support/fixture.ts';
import { picture } from '../support/picture.ts';
import { MinosPage } from '../pages/minos-page.ts';

const TOKEN = 'sekret.0123456789abcdef';
const CONFIG = `version: v1alpha1
machine:
    type: worker
    token: ${TOKEN}
    ca: {crt: YQ==}
cluster:
    controlPlane: {endpoint: "https://10.5.0.1:6443"}
`;

test('a patch is planned for a node, tried, and lapses; edited, it is judged; its secrets never stand on the page', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '2', '--control-planes', '1', '--endpoints', '1']);
  await simulator.command({ machineConfig: { node: 'worker-01', text: CONFIG } });
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await minos.open('Machine config');
  await page.getByRole('combobox', { name: 'Node' }).selectOption({ label: 'worker-01' }, { timeout: 45_000 });
  await expect(page.getByRole('region', { name: 'Text of the machine config' })).toContainText('token: <secret-1>');

  await page.getByRole('tab', { name: 'Patch' }).click();
  await page.getByRole('textbox', { name: 'Patch' }).fill('machine:\n  sysctls:\n    vm.max_map_count: "262144"\n');
  await page.getByRole('button', { name: 'Plan it for worker-01…' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('What is to be done').click();
  await sheet.getByRole('combobox', { name: 'Mode' }).selectOption('try');
  await sheet.getByRole('textbox', { name: 'A try lasts' }).fill('4s');
  await sheet.getByRole('button', { name: 'Plan it so' }).click();
  const button = sheet.getByRole('button', { name: 'Patch the machine config of worker-01…' });
  await expect(button).toBeEnabled();
  await expect(sheet.getByRole('region', { name: 'Difference of worker-01' })).toContainText('vm.max_map_count');
  await expect(sheet).toContainText('Applied configuration without a reboot (skipped in dry-run).');
  await picture(page, 'config-plan');
  expect(await wrong(page)).toEqual([]);

  await confirmNext(app, 'Patch the machine config of worker-01', () => button.click());
  await expect(sheet.getByRole('timer')).toContainText('until Talos takes it back by itself');
  await expect(sheet.getByRole('button', { name: 'Keep it' })).toBeVisible();
  await expect(sheet).toContainText('The try lapsed: it runs the config from before', { timeout: 30_000 });

  await sheet.getByRole('button', { name: 'Close' }).last().click();

  // The editor, which the page's policy lets draw in a shadow root only.
  await page.getByRole('tab', { name: 'Edit' }).click();
  const editor = page.getByRole('textbox', { name: 'Machine config, edited' });
  await editor.getByText('token', { exact: true }).click();
  await page.keyboard.press('End');
  await page.keyboard.insertText('\n    sysctl: {a: "1"}');
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible();
  await picture(page, 'config-edit');
  await page.getByRole('button', { name: 'Change it to sysctls' }).last().click();
  await page.getByRole('button', { name: 'See what it changes' }).click();
  await expect(page.getByRole('region', { name: 'Difference of worker-01' })).toContainText('sysctls: {a: "1"}');
  await expect(page.getByRole('button', { name: 'Plan it for worker-01…' })).toBeVisible();
  expect(await wrong(page)).toEqual([]);

  expect(await page.content()).not.toContain(TOKEN);
  expect(consoleErrors).toEqual([]);
});

test('a node that drifted is found among its like, and repaired by a patch that is reviewed as any', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--control-planes', '1', '--endpoints', '1']);
  for (const [node, value] of Object.entries({ 'worker-01': '262144', 'worker-02': '262144', 'worker-03': '65530' }))
    await simulator.command({
      machineConfig: {
        node,
        text: CONFIG.replace(
          'cluster:',
          `    network: {hostname: ${node}}\n    sysctls: {vm.max_map_count: "${value}"}\ncluster:`,
        ),
      },
    });
  const { app, page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  await new MinosPage(page).open('Machine config');
  await page.getByRole('button', { name: 'Compare nodes' }).click({ timeout: 45_000 });
  await page.getByText('All 4 nodes').click();
  await page.getByRole('checkbox', { name: 'cp-1' }).uncheck();
  await page.getByText('3 of 4 nodes').click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const table = page.getByRole('region', { name: 'Differences' });
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row', { name: 'vm.max_map_count' })).toContainText('65530');
  await expect(page.getByRole('button', { name: 'host names 1' })).toBeVisible();
  expect(await wrong(page)).toEqual([]);

  await page.getByRole('button', { name: 'Write the patch' }).click();
  await expect(page.getByText('A strategic merge patch.')).toBeVisible();
  await picture(page, 'config-compare');
  await page.getByRole('button', { name: 'Review it for worker-03…' }).click();
  await page.getByRole('button', { name: 'Plan it for worker-03…' }).click();
  const sheet = page.getByRole('dialog');
  const button = sheet.getByRole('button', { name: 'Patch the machine config of worker-03…' });
  await expect(button).toBeEnabled();
  await confirmNext(app, 'Patch the machine config of worker-03', () => button.click());
  await expect(sheet).toContainText('It runs the config', { timeout: 30_000 });
  await sheet.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByRole('button', { name: 'Compare again' }).click();
  await expect(page.getByText('3 configs: no difference that is not expected.')).toBeVisible();
  expect(await page.content()).not.toContain(TOKEN);
  expect(consoleErrors).toEqual([]);
});
