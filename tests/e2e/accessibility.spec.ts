import type { Page } from 'playwright/test';
import { wrongInEither } from './support/axe.ts';
import { expect, NEVER_MS, test } from './support/fixture.ts';
import { MinosPage, type ScreenName } from './pages/minos-page.ts';

const SCREENS: readonly ScreenName[] = [
  'Overview',
  'Fleet',
  'Nodes',
  'Charts',
  'etcd',
  'Time line',
  'Logs',
  'Explore',
  'Machine config',
  'Files',
  'Runs',
  'Health check',
  'Deeds',
  'Kubeconfig',
  'Endpoints',
  'Contexts',
];

test('has nothing to complain about on any screen', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);
  await minos.run('Version');
  await expect(minos.drawer).toContainText('14 nodes · 13 ok · 1 failed');
  // So that there are tabs.
  await page.keyboard.press('Control+t');

  for (const screen of SCREENS) {
    await minos.open(screen);
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    // The frame around it is looked at once.
    const within = screen === SCREENS[0] ? undefined : 'main';
    expect.soft(await wrongInEither(page, within), screen).toEqual([]);
  }
  for (const screen of ['Settings', 'User guide', 'About Minos'] as const) {
    await minos.openUnlisted(screen);
    expect.soft(await wrongInEither(page, 'main'), screen).toEqual([]);
  }
});

test('has nothing to complain about in what opens over a screen', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);
  await minos.run('Version');
  await expect(minos.drawer).toContainText('14 nodes · 13 ok · 1 failed');

  await minos.answer('worker-07').click();
  await expect(page.getByRole('complementary', { name: /^Answer/ })).toBeVisible();
  expect.soft(await wrongInEither(page), 'inspector').toEqual([]);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  expect.soft(await wrongInEither(page), 'palette').toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'list of keys').toEqual([]);
  await page.keyboard.press('Escape');
  await minos.nodeRows.filter({ hasText: 'cp-1' }).getByRole('rowheader').click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'cp-1' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'menu of a node').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid', { name: 'Nodes' })).toBeFocused();
  await minos.pasteLine('talosctl -n 10.5.0.2 services');
  await expect(page.getByRole('dialog', { name: 'Run Services' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'form of a run').toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Choose' }).fill('worker-9x*, workers');
  await expect(page.getByText(/matches none/)).toBeVisible();
  expect.soft(await wrongInEither(page), 'selection with a problem').toEqual([]);
  await page.getByRole('button', { name: /^Context: / }).click();
  await expect(page.getByRole('listbox', { name: 'Context' })).toBeVisible();
  expect.soft(await wrongInEither(page), 'context switcher').toEqual([]);
  await page.keyboard.press('Escape');
  await (await minos.open('Endpoints')).getByRole('button', { name: 'Reorder…' }).click();
  await expect(page.getByRole('dialog', { name: /^Order of the endpoints/ })).toBeVisible();
  expect.soft(await wrongInEither(page), 'order of the endpoints').toEqual([]);
});

test('a menu opens, scrolls and closes by the keyboard, in a small window too', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);

  const grid = page.getByRole('grid', { name: 'Nodes' });
  for (const key of ['ContextMenu', 'Shift+F10']) {
    await grid.press('Home');
    await grid.press(key);
    await expect(page.getByRole('menuitem', { name: 'Open its page' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(grid).toBeFocused();
  }

  await page.setViewportSize({ width: 600, height: 400 });
  await page.keyboard.press('Control+r');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  expect.soft(await wrongInEither(page), 'menu of runs').toEqual([]);
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await expect(page.getByRole('menuitem').last()).toBeInViewport({ ratio: 1 });
});

test('has nothing to complain about on the first page', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'There is no talosconfig yet' })).toBeVisible();

  expect(await wrongInEither(page)).toEqual([]);
});

/** What has the focus, and whether that can be seen: an outline around it or around what it is part of. */
async function focused(page: Page): Promise<{ readonly name: string; readonly isVisible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const isOutlined = (each: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(each);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    let seen = isOutlined(element) || [...element.querySelectorAll('tr.active')].some(isOutlined);
    for (let each = element.parentElement, up = 0; each && up < 3 && !seen; each = each.parentElement, up += 1)
      seen = isOutlined(each);
    return { name: element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40), isVisible: seen };
  });
}

test('goes through a run with the keyboard alone', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const minos = new MinosPage(page);
  await expect(page.getByRole('main', { name: 'Overview' })).toBeVisible();

  // Nodes by the palette, then the menu of commands by its shortcut.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('nodes');
  await page.keyboard.press('Enter');
  await expect(minos.nodeRows).toHaveCount(14);
  await page.keyboard.press('Control+r');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  // A letter goes to the next command that begins with it, and Home back to the first.
  await page.keyboard.type('l');
  await expect(page.getByRole('menuitem', { name: /^L/ }).first()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(minos.drawer).toContainText('14 nodes · 13 ok · 1 failed');

  // Through everything that can have the focus, until the button that asks the failed node again.
  const names: string[] = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    const { name, isVisible } = await focused(page);
    expect(isVisible, `the focus on "${name}" can be seen`).toBe(true);
    names.push(name);
    if (name === 'Retry 1 failed') break;
  }
  expect(names).toContain('Nodes');
  await expect(minos.drawer.getByRole('button', { name: 'Retry 1 failed' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(minos.drawer).toContainText(/Run #2 Version\s*on .*1 node/);

  // Into the answers and to their details, and out again.
  for (let press = 0; press < 40; press += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)).name.startsWith('Answers of run')) break;
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /^Answer/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: /^Answer/ })).toHaveCount(0);
});

test('cancels a run with the keyboard alone', async ({ launch, simulate }) => {
  const { simulator, talosconfig } = await simulate(['--nodes', '5']);
  await simulator.setNodeFault('worker-01', { kind: 'slow', latencyMs: NEVER_MS });
  const { page } = await launch({ args: ['--talosconfig', talosconfig] });
  const minos = new MinosPage(page);
  await expect(page.getByRole('main', { name: 'Overview' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('Run Version');
  // Until the nodes are known it cannot be picked.
  await expect(page.getByRole('option', { name: 'Run Version on 5 nodes' })).toBeVisible();
  await page.keyboard.press('Enter');
  await minos.drawer.getByRole('button', { name: 'Cancel' }).press('Enter');

  await expect(minos.drawer).toContainText(/cancelled/);
});

test('moves nothing when the system asks for less motion', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const minos = new MinosPage(page);
  await minos.open('Nodes');
  await expect(minos.nodeRows).toHaveCount(14);
  await minos.run('Version');
  await expect(minos.drawer).toContainText('13 ok');

  const longestMs = await page.evaluate(() => {
    const toMs = (list: string): number =>
      Math.max(...list.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 1 : 1000)));
    return Math.max(
      ...[...document.querySelectorAll('*')].flatMap((element) =>
        [null, '::before', '::after'].map((part) => {
          const style = getComputedStyle(element, part);
          return Math.max(toMs(style.transitionDuration), toMs(style.animationDuration));
        }),
      ),
    );
  });

  expect(longestMs).toBeLessThan(1);
});
