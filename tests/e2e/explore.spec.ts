import type { Locator, Page } from 'playwright/test';
import { wrongInEither } from './support/axe.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage } from './pages/minos-page.ts';

/** Chooses a type on the Explore screen and waits until everything has come. */
/** What a node answers when the role may not. */
const DENIED = 7;

async function explore(page: Page, type: string): Promise<Locator> {
  await new MinosPage(page).open('Explore');
  await page.getByRole('textbox', { name: /^Filter resource types/ }).fill(type);
  await page.getByRole('list', { name: 'Resource types' }).getByRole('button').first().click();
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
  return page.getByRole('grid', { name: /^Resources of / });
}

const row = (grid: Locator, id: string): Locator =>
  grid.getByRole('row').filter({ has: grid.page().getByRole('rowheader', { name: id, exact: true }) });

test('follows resources of a type on all nodes, and shows what is added, changed and removed', async ({
  simulate,
  launch,
}) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
  const { page, consoleErrors } = await launch({ args: ['--talosconfig', talosconfig] });
  const grid = await explore(page, 'members.cluster');
  await expect(row(grid, 'worker-01')).toContainText('v1.13.9');
  await expect(page.getByText(/talosctl .*get Members.cluster.talos.dev .*--watch/)).toBeVisible();

  await simulator.command({ version: { node: 'worker-01', version: 'v1.14.0' } });
  await expect(row(grid, 'worker-01')).toContainText(/changed \d\d:\d\d:\d\d.*v1\.14\.0/);
  await page.getByRole('button', { name: '1 changed' }).click();
  await expect(grid.getByRole('rowheader')).toHaveCount(1);
  await page.getByRole('button', { name: '1 changed' }).click();

  await row(grid, 'worker-01').click();
  const inspector = page.getByRole('complementary', { name: 'Resource worker-01' });
  await expect(inspector).toContainText('operatingSystem: Talos (v1.14.0)');
  await simulator.command({ version: { node: 'worker-01', version: 'v1.14.1' } });
  await expect(inspector).toContainText('operatingSystem: Talos (v1.14.1)');

  await page.getByRole('button', { name: 'Pause' }).click();
  await simulator.command({ version: { node: 'worker-01', version: 'v1.14.2' } });
  await expect(page.getByText(/^Paused, \d+ changes? waiting$/)).toBeVisible();
  await expect(row(grid, 'worker-01')).toContainText('v1.14.1');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(row(grid, 'worker-01')).toContainText('v1.14.2');

  await page.getByRole('button', { name: /^Nodes: / }).click();
  await page.getByRole('option', { name: 'All 4 nodes' }).click();
  await expect(grid.getByRole('rowheader')).toHaveCount(16);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText(/^Stopped, as of \d/).first()).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('goes on through another endpoint and says so, and is stale when none answers', async ({ simulate, launch }) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '2']);
  const [first, second] = (simulator.clusters[0]?.endpoints ?? []).map(({ target }) => target);
  await simulator.setEndpointFault(second ?? '', { kind: 'refuse' });
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const grid = await explore(page, 'members.cluster');
  await page.getByRole('button', { name: /^Nodes: / }).click();
  await page.getByRole('option', { name: /^worker-01/ }).click();
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();

  await simulator.command({ clear: { endpoint: second ?? '' } });
  await simulator.setEndpointFault(first ?? '', { kind: 'refuse' });
  await expect(page.getByRole('region', { name: /^worker-01 goes on through / })).toContainText(
    'no change was missed',
    {
      timeout: 20_000,
    },
  );
  await simulator.command({ version: { node: 'worker-01', version: 'v1.14.0' } });
  await expect(row(grid, 'worker-01')).toContainText('v1.14.0');

  await simulator.setEndpointFault(second ?? '', { kind: 'refuse' });
  await expect(page.getByText(/^(No endpoint answers, as of|No answer since) \d.* ago$/)).toBeVisible({
    timeout: 20_000,
  });
  await expect(row(grid, 'worker-01')).toContainText('v1.14.0');

  // The same watch goes on as soon as there is a way again.
  await simulator.clearFaults();
  await simulator.command({ version: { node: 'worker-01', version: 'v1.14.1' } });
  await expect(row(grid, 'worker-01')).toContainText('v1.14.1', { timeout: 30_000 });
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
});

for (const [kind, shows] of [
  ['html', /<img src=x onerror=/],
  ['control-codes', /\\u001b\[31;1mred.*\\u202e/],
  ['long-strings', /… \([\d,]+ characters\)/],
] as const) {
  test(`shows resources of a node that means harm safely: ${kind}`, async ({ simulate, launch }) => {
    const { simulator, talosconfig } = await simulate(['--nodes', '4', '--endpoints', '1']);
    const { page } = await launch({ args: ['--talosconfig', talosconfig] });
    const grid = await explore(page, 'members.cluster');
    const title = await page.title();
    await simulator.setNodeFault('worker-01', { kind: 'hostile', with: kind });

    await page.getByRole('button', { name: /^Nodes: / }).click();
    await page.getByRole('option', { name: /^worker-01/ }).click();
    await expect(grid).toContainText(shows);
    await grid.getByRole('rowheader').first().click();
    await expect(page.getByRole('complementary')).toContainText(/YAML|spec:|could|refused|not|invalid/i);

    expect(await page.title()).toBe(title);
    await expect(page.locator('main img, main script, aside img, aside script')).toHaveCount(0);
  });
}

test('asks for no secret that the role may not read, and shows none unasked', async ({ simulate, launch }) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '3', '--endpoints', '1', '--roles', 'os:reader']);
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  await new MinosPage(page).open('Explore');
  await page.getByRole('textbox', { name: /^Filter resource types/ }).fill('machineconfig');

  await page.getByRole('list', { name: 'Resource types' }).getByRole('button').first().click();

  await expect(page.getByText(/Needs the role os:admin; this certificate has os:reader\./)).toBeVisible();
  // Its health is watched; what the role may not read would have been refused.
  const refused = (await simulator.calls()).filter(({ method, code }) => method.endsWith('/Watch') && code === DENIED);
  expect(refused).toEqual([]);
});

test('has nothing for axe to complain about while exploring', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await explore(page, 'machineconfig');

  await page.getByRole('grid').getByRole('rowheader').first().click();
  await expect(page.getByRole('button', { name: 'Show the values' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'a secret').toEqual([]);
  await page.getByRole('button', { name: 'Show the values' }).click();
  await expect(page.getByLabel(/^YAML of /)).toBeVisible();
  expect.soft(await wrongInEither(page), 'its YAML').toEqual([]);
  await page.getByRole('button', { name: /^Nodes: / }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  expect.soft(await wrongInEither(page), 'choice of nodes').toEqual([]);
});

test('is reached and used by keyboard', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  await page.keyboard.press('Control+e');
  await expect(page.getByRole('main', { name: 'Explore' })).toBeVisible();
  const list = page.getByRole('list', { name: 'Resource types' });
  await expect(list).toBeVisible();
  // The list scrolls, also by what is only read aloud in it; the screen around it does not.
  const main = page.getByRole('main', { name: 'Explore' });
  expect(await main.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
  expect(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

  await page.keyboard.press('/');
  await page.keyboard.type('hostnamestatus');
  await expect(list.getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('complementary', { name: /^Resource / })).toContainText('hostname:');
});
