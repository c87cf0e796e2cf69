import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { focusRing } from './focus-ring.ts';
import { expect, test } from './support/fixture.ts';
import { MinosPage, type ScreenName } from './pages/minos-page.ts';
import { writeTalosconfig } from './support/talosconfig-files.ts';
import { outOfReach } from './support/within-reach.ts';

const SCREENS: readonly ScreenName[] = [
  'Overview',
  'Fleet',
  'Nodes',
  'Charts',
  'Time line',
  'Explore',
  'Runs',
  'Kubeconfig',
  'Endpoints',
  'Contexts',
];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
  // What a window of 900×600 has at 150 %.
  { width: 600, height: 400 },
] as const;

/** As long as a name can be, without a place to break it. */
const LONG = `prod-${'x'.repeat(248)}`;
const LONG_TEXT = `it-failed-${'y'.repeat(2000)}`;

/** What is wrong at every size, with the name of what is looked at. */
async function expectWithinReach(page: Page, what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect(
      async () => expect(await outOfReach(page)).toEqual([]),
      `${what}, ${size.width}×${size.height}`,
    ).toPass({
      timeout: 3000,
    });
  }
}

test('nothing is out of reach, however long names, paths, versions and errors are', async ({
  launch,
  simulate,
  home,
}) => {
  const { simulator } = await simulate(['--nodes', '4', '--version', `v1.13.9-${'z'.repeat(200)}`]);
  await simulator.setNodeFault('worker-01', { kind: 'error', code: 13, text: LONG_TEXT });
  const folder = join(home, ...Array.from({ length: 4 }, (_, depth) => `${depth}${'f'.repeat(200)}`));
  const talosconfig = simulator.talosconfig
    .replace(/^context: .*$/m, `context: ${LONG}`)
    .replace(/^( +)sim:$/m, `$1${LONG}:`)
    .replace(/^( +)endpoints:\n( +)- /m, `$1nodes:\n$2- ${LONG}\n$2- 10.5.0.2\n$1endpoints:\n$2- ${LONG}\n$2- `);
  const kubeconfig = writeTalosconfig(
    join(folder, 'kubeconfig'),
    `clusters: [{name: ${LONG}, cluster: {server: "https://${LONG}:6443"}}]\nusers: [{name: ${LONG}, user: {}}]\n` +
      `contexts: [{name: ${LONG}, context: {cluster: ${LONG}, user: ${LONG}}}]\ncurrent-context: ${LONG}\n`,
  );
  const { page } = await launch({
    args: ['--talosconfig', writeTalosconfig(join(folder, 'talosconfig'), talosconfig)],
    env: { KUBECONFIG: kubeconfig },
  });
  const minos = new MinosPage(page);

  await minos.open('Nodes');
  await expect(minos.nodeRows.filter({ hasText: 'worker-01' })).toBeVisible();
  await minos.run('Version');
  await expect(minos.drawer).toContainText(/failed/);
  await expect(minos.drawer.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '5 of 5');
  for (const screen of SCREENS) {
    await minos.open(screen);
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    await expectWithinReach(page, screen);
  }
  for (const screen of ['Settings', 'User guide', 'About Minos'] as const) {
    await minos.openUnlisted(screen);
    await expectWithinReach(page, screen);
  }

  await minos.open('Contexts');
  await page.getByRole('grid', { name: 'Contexts' }).getByRole('rowheader').first().click();
  await expectWithinReach(page, 'context beside Contexts');
  await page.getByRole('button', { name: 'Remove…' }).click();
  await expectWithinReach(page, 'question before a removal');
  await page.keyboard.press('Escape');
  await minos.open('Nodes');
  await minos.answer('worker-01').click();
  await expectWithinReach(page, 'answer beside Nodes');
  await page.keyboard.press('Escape');
  await page.setViewportSize(SIZES[0]);
  // A new size closes it.
  await expect(async () => {
    await minos.nodeRows.filter({ hasText: 'cp-1' }).click({ button: 'right' });
    await expect(page.getByRole('menu', { name: 'cp-1' })).toBeVisible({ timeout: 1000 });
  }).toPass();
  expect(await outOfReach(page), 'menu of a node').toEqual([]);
  await page.keyboard.press('Escape');
  for (const target of [LONG, '10.5.0.2']) {
    await page.evaluate((to) => (window.location.hash = `#/node/${to}`), target);
    for (const tab of ['Summary', 'Services', 'Events', 'Resources']) {
      await page.getByRole('tab', { name: tab }).click();
      await expectWithinReach(page, `${tab} of node ${target.slice(0, 9)}`);
    }
  }
  const explore = await minos.open('Explore');
  await explore.getByRole('button', { name: 'Dependencies' }).click();
  await expect(explore.getByRole('img', { name: /^Graph of / })).toBeVisible({ timeout: 20_000 });
  await expectWithinReach(page, 'graph');
  await page.keyboard.press('Control+t');
  await page.keyboard.press('Control+t');
  await expectWithinReach(page, 'tabs');
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('listbox', { name: 'Context' })).toBeVisible();
  await expectWithinReach(page, 'context switcher');
});

test('the ring around what has the focus is whole wherever the Tab key leads', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);
  await minos.run('Version');
  await expect(minos.drawer).toContainText('14 nodes · 13 ok · 1 failed');
  await page.setViewportSize({ width: 900, height: 600 });

  for (const screen of [...SCREENS, 'etcd', 'Logs', 'Machine config', 'Files', 'Health check', 'Deeds'] as const) {
    await minos.open(screen);
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    const seen: string[] = [];
    const wrong: string[] = [];
    for (let press = 0; press < 60; press += 1) {
      await page.keyboard.press('Tab');
      const { name, why } = await focusRing(page);
      if (why !== undefined) wrong.push(`${name}: ${why}`);
      if (seen.length > 8 && name === seen[0]) break;
      seen.push(name);
    }
    expect.soft(wrong, screen).toEqual([]);
    expect.soft(new Set(seen.slice(-12)).size, `${screen} lets the focus go on`).toBeGreaterThan(4);
  }
});
